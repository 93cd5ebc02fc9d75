package dev.mlstack.data.check;

import dev.mlstack.core.expr.BoundTruth;
import dev.mlstack.core.expr.TextPattern;
import dev.mlstack.core.expr.TruthExpr;
import dev.mlstack.data.internal.CellText;
import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.schema.Schema;
import dev.mlstack.store.Value;
import dev.mlstack.table.CategoryColumn;
import dev.mlstack.table.ColumnData;
import dev.mlstack.table.DoubleColumn;
import dev.mlstack.table.LongColumn;
import dev.mlstack.table.TextColumn;
import dev.mlstack.table.Utf8Block;
import java.util.List;
import java.util.Set;

/** What each value, or each row, must be by itself. */
final class ValueRules {

  private ValueRules() {}

  static boolean isText(Field field) {
    return field.type() instanceof FieldType.Text || field.type() instanceof FieldType.Category;
  }

  static String shown(double bound) {
    return bound == (long) bound ? Long.toString((long) bound) : Value.of(bound).canonicalJson();
  }

  /** Returns the words for a range: {@code at least 3}. */
  static String range(double min, double max) {
    if (max == Double.POSITIVE_INFINITY) {
      return "at least " + shown(min);
    }
    return min == Double.NEGATIVE_INFINITY
        ? "at most " + shown(max)
        : "between " + shown(min) + " and " + shown(max);
  }

  static void checkRange(double min, double max) {
    if (!(min <= max)) {
      throw new IllegalArgumentException(
          "the least value must not be above the greatest, but they are " + min + " and " + max);
    }
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
    public boolean isFirstForm() {
      return true;
    }

    @Override
    public RuleTest start(Schema schema, String column) {
      int index = schema.indexOf(column);
      return new RowRule(
          demand(),
          table -> {
            ColumnData data = table.column(index);
            return (from, count, fails) -> {
              for (int i = 0; data.hasNulls() && i < count; i++) {
                fails[i] = data.isNull(from + i);
              }
            };
          });
    }
  }

  /**
   * The value must be in a range. Whole numbers are compared exactly.
   *
   * @param min the least, or negative infinity
   * @param max the greatest, or infinity
   */
  record Between(double min, double max) implements Expectation {
    Between {
      checkRange(min, max);
    }

    @Override
    public String demand() {
      return "must be " + range(min, max);
    }

    @Override
    public Value.Doc.Builder describe(Value.Doc.Builder doc) {
      return doc.put("expect", "between").put("min", min).put("max", max);
    }

    @Override
    public boolean isFirstForm() {
      return true;
    }

    @Override
    public RuleTest start(Schema schema, String column) {
      int index =
          require(
              schema,
              column,
              "a number",
              f -> f.type() instanceof FieldType.Real || f.type() instanceof FieldType.Int);
      return new RowRule(
          demand(),
          table ->
              table.column(index) instanceof DoubleColumn reals
                  ? reals(reals)
                  : wholes((LongColumn) table.column(index)));
    }

    private RowRule.BlockMarker reals(DoubleColumn column) {
      double[] values = new double[1024];
      return (from, count, fails) -> {
        column.read(from, count, values, 0);
        for (int i = 0; i < count; i++) {
          fails[i] = !(values[i] >= min && values[i] <= max);
        }
        forgive(column, from, count, fails);
      };
    }

    /** Where nothing stands, a number reads as 0 or NaN. */
    private static void forgive(ColumnData column, int from, int count, boolean[] fails) {
      for (int i = 0; column.hasNulls() && i < count; i++) {
        fails[i] = fails[i] && !column.isNull(from + i);
      }
    }

    private RowRule.BlockMarker wholes(LongColumn column) {
      // Casting a double to long saturates, which is right for a bound.
      boolean empty = min >= 0x1p63 || max < -0x1p63;
      long least = empty ? Long.MAX_VALUE : (long) Math.ceil(min);
      long greatest = empty ? Long.MIN_VALUE : (long) Math.floor(max);
      long[] values = new long[1024];
      return (from, count, fails) -> {
        column.read(from, count, values, 0);
        for (int i = 0; i < count; i++) {
          fails[i] = values[i] < least || values[i] > greatest;
        }
        forgive(column, from, count, fails);
      };
    }
  }

  /**
   * The value must be one of several.
   *
   * @param values as they are shown to people, distinct
   */
  record OneOf(List<String> values) implements Expectation {
    OneOf {
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
    public boolean isFirstForm() {
      return true;
    }

    @Override
    public RuleTest start(Schema schema, String column) {
      int index =
          require(
              schema,
              column,
              "text, a category, whole numbers or truth values",
              f -> !(f.type() instanceof FieldType.Real || f.type() instanceof FieldType.Tensor));
      Set<String> allowed = Set.copyOf(values);
      Utf8Set bytes = new Utf8Set(values);
      return new RowRule(
          demand(),
          table -> {
            ColumnData data = table.column(index);
            if (data instanceof CategoryColumn categories) {
              return codes(categories, text -> !allowed.contains(text));
            } else if (data instanceof TextColumn texts) {
              return utf8(texts, (block, i) -> !bytes.contains(block, i));
            }
            return (from, count, fails) -> {
              for (int i = 0; i < count; i++) {
                fails[i] = !data.isNull(from + i) && !allowed.contains(CellText.of(data, from + i));
              }
            };
          });
    }
  }

  /** Tells whether a text fails. */
  interface TextTest {
    boolean fails(String text);
  }

  /** Tells whether a text of a block fails. */
  interface Utf8Test {
    boolean fails(Utf8Block block, int index);
  }

  /** Tests each value of a category once. */
  private static RowRule.BlockMarker codes(CategoryColumn column, TextTest test) {
    boolean[] failing = new boolean[column.values().size() + 1];
    for (int code = 0; code < failing.length - 1; code++) {
      failing[code + 1] = test.fails(column.values().get(code));
    }
    int[] codes = new int[1024];
    return (from, count, fails) -> {
      column.read(from, count, codes, 0);
      for (int i = 0; i < count; i++) {
        fails[i] = failing[codes[i] + 1];
      }
    };
  }

  private static RowRule.BlockMarker utf8(TextColumn column, Utf8Test test) {
    Utf8Block block = new Utf8Block();
    return (from, count, fails) -> {
      column.read(from, count, block);
      for (int i = 0; i < count; i++) {
        fails[i] = test.fails(block, i) && !(column.hasNulls() && column.isNull(from + i));
      }
    };
  }

  /**
   * The whole text must match a regular expression.
   *
   * @param pattern the expression
   */
  record Matches(TextPattern pattern) implements Expectation {
    @Override
    public String demand() {
      return "must match '" + pattern + "'";
    }

    @Override
    public Value.Doc.Builder describe(Value.Doc.Builder doc) {
      return doc.put("expect", "matches").put("pattern", pattern.expression());
    }

    @Override
    public RuleTest start(Schema schema, String column) {
      int index = require(schema, column, "text or a category", ValueRules::isText);
      return new RowRule(
          demand(),
          table ->
              table.column(index) instanceof TextColumn texts
                  ? utf8(texts)
                  : codes((CategoryColumn) table.column(index), text -> !pattern.matches(text)));
    }

    private RowRule.BlockMarker utf8(TextColumn column) {
      Utf8Text text = new Utf8Text();
      Utf8Block block = new Utf8Block();
      TextPattern.Matching matching = pattern.matching();
      return (from, count, fails) -> {
        column.read(from, count, block);
        for (int i = 0; i < count; i++) {
          boolean missing = column.hasNulls() && column.isNull(from + i);
          fails[i] = !missing && !matching.matches(text.of(block, i));
        }
      };
    }
  }

  /**
   * The text must have so many code points.
   *
   * @param min the least number
   * @param max the greatest
   */
  record Length(long min, long max) implements Expectation {
    Length {
      if (min < 0 || min > max) {
        throw new IllegalArgumentException(
            "min must be from 0 to max but they are " + min + " and " + max);
      }
    }

    @Override
    public String demand() {
      return "must have "
          + (max == Long.MAX_VALUE ? "at least " + min : "between " + min + " and " + max)
          + " letters";
    }

    @Override
    public Value.Doc.Builder describe(Value.Doc.Builder doc) {
      return doc.put("expect", "length").put("min", min).put("max", max);
    }

    private boolean fails(long length) {
      return length < min || length > max;
    }

    @Override
    public RuleTest start(Schema schema, String column) {
      int index = require(schema, column, "text or a category", ValueRules::isText);
      return new RowRule(
          demand(),
          table ->
              table.column(index) instanceof TextColumn texts
                  ? ValueRules.utf8(texts, (block, i) -> fails(Utf8Text.codePoints(block, i)))
                  : codes(
                      (CategoryColumn) table.column(index),
                      text -> fails(text.codePointCount(0, text.length()))));
    }
  }

  /**
   * A condition must not be false.
   *
   * @param condition the condition
   */
  record Holds(TruthExpr condition) implements Expectation {
    @Override
    public String demand() {
      return "must have " + condition;
    }

    @Override
    public Value.Doc.Builder describe(Value.Doc.Builder doc) {
      return doc.put("expect", "rows").put("condition", condition.toValue());
    }

    @Override
    public RuleTest start(Schema schema, String column) {
      BoundTruth bound = condition.bind(schema);
      return new RowRule(
          demand(),
          table -> {
            byte[] truths = new byte[1024];
            return (from, count, fails) -> {
              bound.read(table, from, count, truths, 0);
              for (int i = 0; i < count; i++) {
                fails[i] = truths[i] == BoundTruth.FALSE;
              }
            };
          });
    }
  }

  /**
   * A test that an application brings.
   *
   * @param check the test
   */
  record Custom(RowCheck check) implements Expectation {
    @Override
    public String demand() {
      return check.demand();
    }

    @Override
    public Value.Doc.Builder describe(Value.Doc.Builder doc) {
      return doc.put("expect", "custom")
          .put("check", check.name().toString())
          .put("parameters", check.parameters());
    }

    @Override
    public RuleTest start(Schema schema, String column) {
      RowCheck.Bound bound = check.bind(schema);
      return new RowRule(
          demand(),
          table -> {
            dev.mlstack.table.TableCursor row = table.cursor();
            return (from, count, fails) -> {
              for (int i = 0; i < count; i++) {
                fails[i] = !bound.holds(row.moveTo(from + i));
              }
            };
          });
    }

    @Override
    public boolean equals(Object object) {
      return object instanceof Custom other
          && check.name().equals(other.check.name())
          && check.parameters().equals(other.check.parameters());
    }

    @Override
    public int hashCode() {
      return check.name().hashCode();
    }
  }
}
