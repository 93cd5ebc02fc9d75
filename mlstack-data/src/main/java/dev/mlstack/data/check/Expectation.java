package dev.mlstack.data.check;

import dev.mlstack.data.internal.CellText;
import dev.mlstack.data.internal.KeyIndex;
import dev.mlstack.data.internal.RowBytes;
import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.store.Value;
import dev.mlstack.table.ColumnData;
import dev.mlstack.table.DoubleColumn;
import dev.mlstack.table.LongColumn;
import dev.mlstack.table.Table;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the values of a column must be. */
sealed interface Expectation {

  /** Returns what a value must be, to follow its column. */
  String demand();

  /** Adds to a document what this is. */
  Value.Doc.Builder describe(Value.Doc.Builder doc);

  /**
   * Starts to test a column.
   *
   * @throws IllegalArgumentException if it is of a type that this does not apply to
   */
  Test start(Field field);

  /** Tests the tables of one dataset, one after another. */
  interface Test {
    /** Returns what tests the rows of a table. */
    RowTest of(Table table, int column);
  }

  /** Tests the rows of one table, in order. */
  interface RowTest {
    /** Returns what is wrong with the value of a row; {@code null} if nothing is. */
    @Nullable String test(int row);
  }

  private static IllegalArgumentException wrongType(Field field, String demand, String needed) {
    return new IllegalArgumentException(
        "rule '"
            + field.name()
            + " "
            + demand
            + "' needs "
            + needed
            + ", but the column is of type "
            + field.type());
  }

  /** Returns what the document of a rule says. */
  static Expectation from(Value.Doc doc) {
    String name = doc.text("expect");
    return switch (name) {
      case "not-null" -> new NotNull();
      case "unique" -> new Unique();
      case "between" -> new Between(doc.real("min"), doc.real("max"));
      case "one-of" -> new OneOf(doc.texts("values"));
      default -> throw new IllegalArgumentException("there is no rule '" + name + "'");
    };
  }

  /** There must be a value. */
  record NotNull() implements Expectation {
    @Override
    public String demand() {
      return "must not be missing";
    }

    @Override
    public Value.Doc.Builder describe(Value.Doc.Builder doc) {
      return doc.put("expect", "not-null");
    }

    @Override
    public Test start(Field field) {
      return (table, column) -> {
        ColumnData data = table.column(column);
        return row -> data.isNull(row) ? demand() : null;
      };
    }
  }

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
    public Test start(Field field) {
      KeyIndex index = new KeyIndex();
      return (table, column) -> {
        ColumnData data = table.column(column);
        RowBytes key = new RowBytes(table, column);
        return row -> {
          if (data.isNull(row)) {
            return null;
          }
          long before = index.add(key.write(row), table.rowId(row));
          return before == KeyIndex.NEW
              ? null
              : demand() + ", but stands on line " + before + " already";
        };
      };
    }
  }

  /**
   * The value must be in a range. Whole numbers are compared exactly.
   *
   * @param min the least, or negative infinity
   * @param max the greatest, or infinity
   */
  record Between(double min, double max) implements Expectation {
    /** Checks the bounds. */
    public Between {
      if (!(min <= max)) {
        throw new IllegalArgumentException(
            "the least value must not be above the greatest, but they are " + min + " and " + max);
      }
    }

    @Override
    public String demand() {
      if (max == Double.POSITIVE_INFINITY) {
        return "must be at least " + shown(min);
      }
      return min == Double.NEGATIVE_INFINITY
          ? "must be at most " + shown(max)
          : "must be between " + shown(min) + " and " + shown(max);
    }

    private static String shown(double bound) {
      return bound == (long) bound ? Long.toString((long) bound) : Value.of(bound).canonicalJson();
    }

    @Override
    public Value.Doc.Builder describe(Value.Doc.Builder doc) {
      return doc.put("expect", "between").put("min", min).put("max", max);
    }

    @Override
    public Test start(Field field) {
      boolean real = field.type() instanceof FieldType.Real;
      if (!real && !(field.type() instanceof FieldType.Int)) {
        throw wrongType(field, demand(), "a number");
      }
      return (table, column) ->
          real
              ? reals((DoubleColumn) table.column(column))
              : wholes((LongColumn) table.column(column));
    }

    private RowTest reals(DoubleColumn column) {
      return row -> {
        double value = column.get(row);
        return (value >= min && value <= max) || column.isNull(row) ? null : demand();
      };
    }

    private RowTest wholes(LongColumn column) {
      // Casting a double to long saturates, which is right for a bound.
      long least = (long) Math.ceil(min);
      long greatest = (long) Math.floor(max);
      boolean empty = min >= 0x1p63 || max < -0x1p63;
      return row -> {
        long value = column.get(row);
        boolean inside = value >= least && value <= greatest && !empty;
        return inside || column.isNull(row) ? null : demand();
      };
    }
  }

  /**
   * The value must be one of several.
   *
   * @param values as they are shown to people, distinct
   */
  record OneOf(List<String> values) implements Expectation {
    /** Copies the values. */
    public OneOf {
      values = List.copyOf(values);
      if (values.isEmpty()) {
        throw new IllegalArgumentException("values must not be empty");
      }
    }

    @Override
    public String demand() {
      return "must be one of " + values;
    }

    @Override
    public Value.Doc.Builder describe(Value.Doc.Builder doc) {
      return doc.put("expect", "one-of").put("values", Value.ofTexts(values));
    }

    @Override
    public Test start(Field field) {
      if (field.type() instanceof FieldType.Real || field.type() instanceof FieldType.Tensor) {
        throw wrongType(field, demand(), "text, a category, whole numbers or truth values");
      }
      Set<String> allowed = Set.copyOf(values);
      return (table, column) -> {
        ColumnData data = table.column(column);
        return row ->
            data.isNull(row) || allowed.contains(CellText.of(data, row)) ? null : demand();
      };
    }
  }
}
