package dev.mlstack.core.expr;

import dev.mlstack.schema.FieldType;
import dev.mlstack.table.DoubleColumn;
import dev.mlstack.table.LongColumn;
import dev.mlstack.table.Row;
import dev.mlstack.table.Table;
import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.LongToDoubleFunction;

/** The forms of {@link BoundNumber}. */
final class NumberNodes {

  private NumberNodes() {}

  static BoundNumber column(FieldType type, int field) {
    return type instanceof FieldType.Real ? new Reals(field) : new Wholes(field);
  }

  private static final class Reals extends BoundNumber {
    private final int field;

    Reals(int field) {
      this.field = field;
    }

    @Override
    public double of(Row row) {
      return row.number(field);
    }

    @Override
    void fill(Table table, int from, int count, double[] to, int at) {
      ((DoubleColumn) table.column(field)).read(from, count, to, at);
    }
  }

  private static final class Wholes extends BoundNumber {
    private final int field;

    Wholes(int field) {
      this.field = field;
    }

    @Override
    public double of(Row row) {
      return row.number(field);
    }

    @Override
    void fill(Table table, int from, int count, double[] to, int at) {
      LongColumn column = (LongColumn) table.column(field);
      long[] values = new long[count];
      column.read(from, count, values, 0);
      for (int i = 0; i < count; i++) {
        to[at + i] = values[i];
      }
      for (int i = 0; column.hasNulls() && i < count; i++) {
        if (column.isNull(from + i)) {
          to[at + i] = Double.NaN;
        }
      }
    }
  }

  static final class Constant extends BoundNumber {
    private final double value;

    Constant(double value) {
      this.value = value;
    }

    @Override
    public double of(Row row) {
      return value;
    }

    @Override
    void fill(Table table, int from, int count, double[] to, int at) {
      Arrays.fill(to, at, at + count, value);
    }
  }

  static final class Unary extends BoundNumber {
    private final DoubleUnaryOperator operator;
    private final BoundNumber arg;

    Unary(Function function, BoundNumber arg) {
      this.operator = Arithmetic.unary(function);
      this.arg = arg;
    }

    @Override
    public double of(Row row) {
      return operator.applyAsDouble(arg.of(row));
    }

    @Override
    void fill(Table table, int from, int count, double[] to, int at) {
      arg.fill(table, from, count, to, at);
      for (int i = at; i < at + count; i++) {
        to[i] = operator.applyAsDouble(to[i]);
      }
    }
  }

  static final class Binary extends BoundNumber {
    private final Function function;
    private final DoubleBinaryOperator operator;
    private final BoundNumber left;
    private final BoundNumber right;

    Binary(Function function, BoundNumber left, BoundNumber right) {
      this.function = function;
      this.operator = Arithmetic.binary(function);
      this.left = left;
      this.right = right;
    }

    @Override
    public double of(Row row) {
      return operator.applyAsDouble(left.of(row), right.of(row));
    }

    @Override
    void fill(Table table, int from, int count, double[] to, int at) {
      left.fill(table, from, count, to, at);
      double[] other = right.block(table, from, count);
      // The four that are frequent stand in loops of their own, which the compiler makes vectors
      // of.
      switch (function) {
        case ADD -> {
          for (int i = 0; i < count; i++) {
            to[at + i] += other[i];
          }
        }
        case SUBTRACT -> {
          for (int i = 0; i < count; i++) {
            to[at + i] -= other[i];
          }
        }
        case MULTIPLY -> {
          for (int i = 0; i < count; i++) {
            to[at + i] *= other[i];
          }
        }
        case DIVIDE -> {
          for (int i = 0; i < count; i++) {
            to[at + i] /= other[i];
          }
        }
        default -> {
          for (int i = 0; i < count; i++) {
            to[at + i] = operator.applyAsDouble(to[at + i], other[i]);
          }
        }
      }
    }
  }

  static final class TextLength extends BoundNumber {
    private final BoundText arg;

    TextLength(BoundText arg) {
      this.arg = arg;
    }

    @Override
    public double of(Row row) {
      String text = arg.of(row);
      return text == null ? Double.NaN : text.codePointCount(0, text.length());
    }

    @Override
    void fill(Table table, int from, int count, double[] to, int at) {
      String[] texts = arg.block(table, from, count);
      for (int i = 0; i < count; i++) {
        String text = texts[i];
        to[at + i] = text == null ? Double.NaN : text.codePointCount(0, text.length());
      }
    }
  }

  static final class TimePart extends BoundNumber {
    private final LongToDoubleFunction part;
    private final BoundLong arg;

    TimePart(Function function, BoundLong arg) {
      this.part = Arithmetic.part(function);
      this.arg = arg;
    }

    @Override
    public double of(Row row) {
      return arg.isMissing(row) ? Double.NaN : part.applyAsDouble(arg.of(row));
    }

    @Override
    void fill(Table table, int from, int count, double[] to, int at) {
      BoundLong.Block times = arg.block(table, from, count);
      for (int i = 0; i < count; i++) {
        to[at + i] = times.missing()[i] ? Double.NaN : part.applyAsDouble(times.values()[i]);
      }
    }
  }

  static final class SecondsBetween extends BoundNumber {
    private final BoundLong start;
    private final BoundLong end;

    SecondsBetween(BoundLong start, BoundLong end) {
      this.start = start;
      this.end = end;
    }

    @Override
    public double of(Row row) {
      return start.isMissing(row) || end.isMissing(row)
          ? Double.NaN
          : Calendar.secondsBetween(start.of(row), end.of(row));
    }

    @Override
    void fill(Table table, int from, int count, double[] to, int at) {
      BoundLong.Block starts = start.block(table, from, count);
      BoundLong.Block ends = end.block(table, from, count);
      for (int i = 0; i < count; i++) {
        to[at + i] =
            starts.missing()[i] || ends.missing()[i]
                ? Double.NaN
                : Calendar.secondsBetween(starts.values()[i], ends.values()[i]);
      }
    }
  }

  static final class IfMissing extends BoundNumber {
    private final BoundNumber value;
    private final BoundNumber other;

    IfMissing(BoundNumber value, BoundNumber other) {
      this.value = value;
      this.other = other;
    }

    @Override
    public double of(Row row) {
      double number = value.of(row);
      return Double.isNaN(number) ? other.of(row) : number;
    }

    @Override
    void fill(Table table, int from, int count, double[] to, int at) {
      value.fill(table, from, count, to, at);
      double[] others = other.block(table, from, count);
      for (int i = 0; i < count; i++) {
        if (Double.isNaN(to[at + i])) {
          to[at + i] = others[i];
        }
      }
    }
  }

  static final class If extends BoundNumber {
    private final BoundTruth condition;
    private final BoundNumber then;
    private final BoundNumber otherwise;

    If(BoundTruth condition, BoundNumber then, BoundNumber otherwise) {
      this.condition = condition;
      this.then = then;
      this.otherwise = otherwise;
    }

    @Override
    public double of(Row row) {
      return condition.of(row) == BoundTruth.TRUE ? then.of(row) : otherwise.of(row);
    }

    @Override
    void fill(Table table, int from, int count, double[] to, int at) {
      byte[] which = condition.block(table, from, count);
      then.fill(table, from, count, to, at);
      double[] others = otherwise.block(table, from, count);
      for (int i = 0; i < count; i++) {
        if (which[i] != BoundTruth.TRUE) {
          to[at + i] = others[i];
        }
      }
    }
  }

  /** The values of a function of one category, computed once for each. */
  static final class PerCode extends BoundNumber {
    private final BoundNumber plain;
    private final int field;
    private final double[] values;

    PerCode(BoundNumber plain, int field, double[] values) {
      this.plain = plain;
      this.field = field;
      this.values = values;
    }

    @Override
    public double of(Row row) {
      return plain.of(row);
    }

    @Override
    void fill(Table table, int from, int count, double[] to, int at) {
      int[] codes = CategoryRow.codes(table, field, from, count);
      for (int i = 0; i < count; i++) {
        to[at + i] = values[codes[i] + 1];
      }
    }
  }
}
