package dev.mlstack.data.check;

import dev.mlstack.compute.Execution;
import dev.mlstack.data.internal.KeyIndex;
import dev.mlstack.data.internal.RowBytes;
import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.schema.Schema;
import dev.mlstack.store.Digest;
import dev.mlstack.store.Value;
import dev.mlstack.table.ColumnData;
import dev.mlstack.table.Dataset;
import dev.mlstack.table.DoubleColumn;
import dev.mlstack.table.LongColumn;
import dev.mlstack.table.Table;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What values must be to those of other rows. */
final class KeyRules {

  private KeyRules() {}

  /** The value must not have come before. */
  record Unique() implements Expectation {
    @Override
    public String demand() {
      return "must be unique";
    }

    @Override
    public Value.Doc.Builder describe(Value.Doc.Builder doc) {
      return doc.put("expect", "unique");
    }

    @Override
    public boolean isFirstForm() {
      return true;
    }

    @Override
    public RuleTest start(Schema schema, String column) {
      return new UniqueTest(demand(), schema, schema.indexOf(column));
    }
  }

  /**
   * The values of several columns must not have come together before.
   *
   * @param columns their names, two or more
   */
  record UniqueKey(List<String> columns) implements Expectation {
    UniqueKey {
      columns = List.copyOf(columns);
      if (columns.size() < 2) {
        throw new IllegalArgumentException(
            "a key of several columns must have at least 2 but has " + columns);
      }
    }

    @Override
    public String demand() {
      return "must be unique together";
    }

    @Override
    public Value.Doc.Builder describe(Value.Doc.Builder doc) {
      return doc.put("expect", "unique-key").put("columns", Value.ofTexts(columns));
    }

    @Override
    public RuleTest start(Schema schema, String column) {
      int[] fields = columns.stream().mapToInt(schema::indexOf).toArray();
      return new UniqueTest(demand(), schema, fields);
    }
  }

  /** Tests that a key comes once; rows without one or with a part of one follow the rule. */
  record UniqueTest(String demand, Schema schema, int... fields) implements RuleTest {
    @Override
    public Part begin() {
      return KeyShare.isWhole(schema, fields) ? wholes(fields[0]) : bytes();
    }

    private Part wholes(int field) {
      LongIndex index = new LongIndex();
      return (table, found) -> {
        LongColumn column = (LongColumn) table.column(field);
        for (int row = 0; row < table.rows(); row++) {
          boolean isMissing = column.hasNulls() && column.isNull(row);
          if (!isMissing && !index.add(column.get(row), table.rowId(row))) {
            found.add(table, row, again(index.line(column.get(row))));
          }
        }
      };
    }

    private String again(long line) {
      return demand + ", but stands on line " + line + " already";
    }

    private Part bytes() {
      KeyIndex index = new KeyIndex();
      return (table, found) -> {
        RowBytes key = new RowBytes(table, fields);
        ColumnData[] columns = columns(table, fields);
        for (int row = 0; row < table.rows(); row++) {
          long before =
              anyMissing(columns, row) ? KeyIndex.NEW : index.add(key.write(row), table.rowId(row));
          if (before != KeyIndex.NEW) {
            found.add(table, row, again(before));
          }
        }
      };
    }

    @Override
    public Part beginShare() {
      return KeyShare.of(schema, /* passesNan= */ false, fields);
    }

    @Override
    public Part join(List<Part> parts, List<Found> found, Execution execution) {
      LateRows late =
          KeyShare.duplicates(parts.stream().map(KeyShare.class::cast).toList(), execution);
      return new Part() {
        @Override
        public void test(Table table, Found more) {
          throw new IllegalStateException("all rows were tested");
        }

        @Override
        public LateRows late() {
          return late;
        }
      };
    }
  }

  static ColumnData[] columns(Table table, int[] fields) {
    return Arrays.stream(fields).mapToObj(table::column).toArray(ColumnData[]::new);
  }

  static boolean anyMissing(ColumnData[] columns, int row) {
    for (ColumnData column : columns) {
      if (column.hasNulls() && column.isNull(row)) {
        return true;
      }
    }
    return false;
  }

  /**
   * The value must stand in a column of another dataset.
   *
   * @param digest names the other dataset
   * @param other its column
   * @param dataset the dataset, if it is at hand
   */
  record References(Digest digest, String other, @Nullable Dataset dataset) implements Expectation {
    @Override
    public String demand() {
      return "must stand in column '" + other + "' of dataset " + digest.abbreviated();
    }

    @Override
    public Value.Doc.Builder describe(Value.Doc.Builder doc) {
      return doc.put("expect", "references").put("dataset", digest.hex()).put("other", other);
    }

    @Override
    public RuleTest start(Schema schema, String column) {
      int field = schema.indexOf(column);
      if (dataset == null) {
        throw new IllegalArgumentException(
            "rule '"
                + column
                + " "
                + demand()
                + "' was read without that dataset; read it with CheckParts that have it");
      }
      Field key = dataset.schema().field(other);
      if (kind(key.type()) != kind(schema.field(field).type())) {
        throw new IllegalArgumentException(
            "column '"
                + column
                + "' is of type "
                + schema.field(field).type()
                + " and cannot stand in column '"
                + other
                + "' of type "
                + key.type());
      }
      if (!"rta".contains(String.valueOf(kind(key.type())))) {
        return wholes(field, wholeKeys(dataset));
      }
      KeyIndex keys = keys(dataset);
      return new RowRule(
          demand(),
          table -> {
            RowBytes value = new RowBytes(table, field);
            ColumnData data = table.column(field);
            return (from, count, fails) -> {
              for (int i = 0; i < count; i++) {
                fails[i] = !data.isNull(from + i) && !keys.contains(value.write(from + i));
              }
            };
          });
    }

    /** Returns a letter for what values of a type are compared as. */
    private static char kind(FieldType type) {
      if (type instanceof FieldType.Text || type instanceof FieldType.Category) {
        return 't';
      } else if (type instanceof FieldType.Timestamp timestamp) {
        return timestamp.utc() ? 'u' : 'l';
      } else if (type instanceof FieldType.Date) {
        return 'd';
      }
      return type instanceof FieldType.Real
          ? 'r'
          : type instanceof FieldType.Tensor ? 'a' : type instanceof FieldType.Bool ? 'b' : 'i';
    }

    private RuleTest wholes(int field, LongSet keys) {
      return new RowRule(
          demand(),
          table -> {
            LongColumn column = (LongColumn) table.column(field);
            long[] values = new long[1024];
            return (from, count, fails) -> {
              column.read(from, count, values, 0);
              for (int i = 0; i < count; i++) {
                fails[i] =
                    !keys.contains(values[i]) && !(column.hasNulls() && column.isNull(from + i));
              }
            };
          });
    }

    private LongSet wholeKeys(Dataset from) {
      LongSet keys = new LongSet();
      int field = from.schema().indexOf(other);
      from.forEach(
          table -> {
            LongColumn column = (LongColumn) table.column(field);
            for (int row = 0; row < table.rows(); row++) {
              if (!column.isNull(row)) {
                keys.add(column.get(row));
              }
            }
          });
      return keys;
    }

    private KeyIndex keys(Dataset from) {
      KeyIndex index = new KeyIndex();
      int field = from.schema().indexOf(other);
      from.forEach(
          table -> {
            RowBytes key = new RowBytes(table, field);
            ColumnData data = table.column(field);
            for (int row = 0; row < table.rows(); row++) {
              if (!data.isNull(row)) {
                index.add(key.write(row), row);
              }
            }
          });
      return index;
    }

    @Override
    public boolean equals(Object object) {
      return object instanceof References references
          && digest.equals(references.digest)
          && other.equals(references.other);
    }

    @Override
    public int hashCode() {
      return digest.hashCode();
    }
  }

  /**
   * The value must not be less than that of the row with a value before.
   *
   * @param strictly whether it must be greater
   */
  record Increasing(boolean strictly) implements Expectation {
    @Override
    public String demand() {
      return strictly ? "must be greater than before" : "must not be less than before";
    }

    @Override
    public Value.Doc.Builder describe(Value.Doc.Builder doc) {
      return doc.put("expect", "increasing").put("strictly", strictly);
    }

    @Override
    public RuleTest start(Schema schema, String column) {
      int index =
          require(
              schema,
              column,
              "numbers, dates or times",
              f -> !ValueRules.isText(f) && !(f.type() instanceof FieldType.Tensor));
      boolean real = schema.field(index).type() instanceof FieldType.Real;
      return () -> new Order(this, index, real);
    }
  }

  /** Compares each value with that before it. Real numbers as doubles; NaN is passed over. */
  private static final class Order implements RuleTest.Part {
    private final Increasing rule;
    private final int field;
    private final boolean real;
    private boolean any;
    private long lastWhole;
    private double lastReal;
    private long firstWhole;
    private double firstReal;
    private CheckReport.@Nullable FailedRow first;

    Order(Increasing rule, int field, boolean real) {
      this.rule = rule;
      this.field = field;
      this.real = real;
    }

    private boolean falls(long whole, double number) {
      int order = real ? compare(number, lastReal) : Long.compare(whole, lastWhole);
      return order < 0 || (order == 0 && rule.strictly());
    }

    /** Compares two numbers; zeros are equal. */
    private static int compare(double a, double b) {
      return a < b ? -1 : a > b ? 1 : 0;
    }

    @Override
    public void test(Table table, Found found) {
      ColumnData column = table.column(field);
      for (int row = 0; row < table.rows(); row++) {
        long whole = real ? 0 : ((LongColumn) column).get(row);
        double number = real ? ((DoubleColumn) column).get(row) : 0;
        if (Double.isNaN(number) || (column.hasNulls() && column.isNull(row))) {
          continue;
        }
        if (!any) {
          any = true;
          firstWhole = whole;
          firstReal = number;
          first = found.shown(table, row);
        } else if (falls(whole, number)) {
          found.add(table, row, rule.demand());
        }
        lastWhole = whole;
        lastReal = number;
      }
    }

    @Override
    public void append(RuleTest.Part part, Found found) {
      Order behind = (Order) part;
      CheckReport.FailedRow row = behind.first;
      if (row == null) {
        return;
      }
      if (!any) {
        any = true;
        firstWhole = behind.firstWhole;
        firstReal = behind.firstReal;
        first = row;
      } else if (falls(behind.firstWhole, behind.firstReal)) {
        found.addFirst(row);
      }
      lastWhole = behind.lastWhole;
      lastReal = behind.lastReal;
    }
  }
}
