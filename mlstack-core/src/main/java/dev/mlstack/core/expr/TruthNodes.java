package dev.mlstack.core.expr;

import dev.mlstack.table.Row;
import dev.mlstack.table.Table;
import java.util.Arrays;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The forms of {@link BoundTruth}. */
final class TruthNodes {

  private TruthNodes() {}

  static final class Column extends BoundTruth {
    private final BoundLong values;

    Column(int field) {
      this.values = new BoundLong.Column(field);
    }

    @Override
    public byte of(Row row) {
      return values.isMissing(row) ? MISSING : of(values.of(row) != 0);
    }

    @Override
    void fill(Table table, int from, int count, byte[] to, int at) {
      BoundLong.Block block = values.block(table, from, count);
      for (int i = 0; i < count; i++) {
        to[at + i] = block.missing()[i] ? MISSING : of(block.values()[i] != 0);
      }
    }
  }

  static final class Constant extends BoundTruth {
    private final byte value;

    Constant(boolean value) {
      this.value = of(value);
    }

    @Override
    public byte of(Row row) {
      return value;
    }

    @Override
    void fill(Table table, int from, int count, byte[] to, int at) {
      Arrays.fill(to, at, at + count, value);
    }
  }

  static final class Not extends BoundTruth {
    private final BoundTruth arg;

    Not(BoundTruth arg) {
      this.arg = arg;
    }

    @Override
    public byte of(Row row) {
      return (byte) -arg.of(row);
    }

    @Override
    void fill(Table table, int from, int count, byte[] to, int at) {
      arg.fill(table, from, count, to, at);
      for (int i = at; i < at + count; i++) {
        to[i] = (byte) -to[i];
      }
    }
  }

  static final class And extends BoundTruth {
    private final BoundTruth left;
    private final BoundTruth right;

    And(BoundTruth left, BoundTruth right) {
      this.left = left;
      this.right = right;
    }

    @Override
    public byte of(Row row) {
      return (byte) Math.min(left.of(row), right.of(row));
    }

    @Override
    void fill(Table table, int from, int count, byte[] to, int at) {
      left.fill(table, from, count, to, at);
      byte[] others = right.block(table, from, count);
      for (int i = 0; i < count; i++) {
        to[at + i] = (byte) Math.min(to[at + i], others[i]);
      }
    }
  }

  static final class Or extends BoundTruth {
    private final BoundTruth left;
    private final BoundTruth right;

    Or(BoundTruth left, BoundTruth right) {
      this.left = left;
      this.right = right;
    }

    @Override
    public byte of(Row row) {
      return (byte) Math.max(left.of(row), right.of(row));
    }

    @Override
    void fill(Table table, int from, int count, byte[] to, int at) {
      left.fill(table, from, count, to, at);
      byte[] others = right.block(table, from, count);
      for (int i = 0; i < count; i++) {
        to[at + i] = (byte) Math.max(to[at + i], others[i]);
      }
    }
  }

  static final class CompareNumbers extends BoundTruth {
    private final byte[] table;
    private final BoundNumber left;
    private final BoundNumber right;

    CompareNumbers(Function function, BoundNumber left, BoundNumber right) {
      this.table = Comparison.table(function);
      this.left = left;
      this.right = right;
    }

    @Override
    public byte of(Row row) {
      return table[Comparison.order(left.of(row), right.of(row))];
    }

    @Override
    void fill(Table rows, int from, int count, byte[] to, int at) {
      double[] a = left.block(rows, from, count);
      double[] b = right.block(rows, from, count);
      for (int i = 0; i < count; i++) {
        to[at + i] = table[Comparison.order(a[i], b[i])];
      }
    }
  }

  static final class CompareLongs extends BoundTruth {
    private final byte[] table;
    private final BoundLong left;
    private final BoundLong right;

    CompareLongs(Function function, BoundLong left, BoundLong right) {
      this.table = Comparison.table(function);
      this.left = left;
      this.right = right;
    }

    @Override
    public byte of(Row row) {
      return left.isMissing(row) || right.isMissing(row)
          ? MISSING
          : table[Comparison.order(left.of(row), right.of(row))];
    }

    @Override
    void fill(Table rows, int from, int count, byte[] to, int at) {
      BoundLong.Block a = left.block(rows, from, count);
      BoundLong.Block b = right.block(rows, from, count);
      for (int i = 0; i < count; i++) {
        to[at + i] =
            a.missing()[i] || b.missing()[i]
                ? MISSING
                : table[Comparison.order(a.values()[i], b.values()[i])];
      }
    }
  }

  /** Tests two texts of which none is missing. */
  interface TextTest {
    byte test(String left, String right);

    /** Returns the test of a function of two texts. */
    static TextTest of(Function function) {
      return switch (function) {
        case CONTAINS -> (a, b) -> BoundTruth.of(a.contains(b));
        case STARTS_WITH -> (a, b) -> BoundTruth.of(a.startsWith(b));
        case ENDS_WITH -> (a, b) -> BoundTruth.of(a.endsWith(b));
        default -> {
          byte[] table = Comparison.table(function);
          yield (a, b) -> table[Comparison.order(a, b)];
        }
      };
    }
  }

  static final class TwoTexts extends BoundTruth {
    private final TextTest test;
    private final BoundText left;
    private final BoundText right;

    TwoTexts(Function function, BoundText left, BoundText right) {
      this.test = TextTest.of(function);
      this.left = left;
      this.right = right;
    }

    private byte test(@Nullable String a, @Nullable String b) {
      return a == null || b == null ? MISSING : test.test(a, b);
    }

    @Override
    public byte of(Row row) {
      return test(left.of(row), right.of(row));
    }

    @Override
    void fill(Table table, int from, int count, byte[] to, int at) {
      @Nullable String[] a = left.block(table, from, count);
      @Nullable String[] b = right.block(table, from, count);
      for (int i = 0; i < count; i++) {
        to[at + i] = test(a[i], b[i]);
      }
    }
  }

  /** Tests one text: whether it is in a set, or matches. */
  static final class OneText extends BoundTruth {
    private final Predicate<String> test;
    private final BoundText arg;

    OneText(Predicate<String> test, BoundText arg) {
      this.test = test;
      this.arg = arg;
    }

    private byte test(@Nullable String text) {
      return text == null ? MISSING : of(test.test(text));
    }

    @Override
    public byte of(Row row) {
      return test(arg.of(row));
    }

    @Override
    void fill(Table table, int from, int count, byte[] to, int at) {
      @Nullable String[] texts = arg.block(table, from, count);
      for (int i = 0; i < count; i++) {
        to[at + i] = test(texts[i]);
      }
    }
  }

  static final class CompareTruths extends BoundTruth {
    private final byte[] table;
    private final BoundTruth left;
    private final BoundTruth right;

    CompareTruths(Function function, BoundTruth left, BoundTruth right) {
      this.table = Comparison.table(function);
      this.left = left;
      this.right = right;
    }

    @Override
    public byte of(Row row) {
      return table[Comparison.orderOfTruths(left.of(row), right.of(row))];
    }

    @Override
    void fill(Table rows, int from, int count, byte[] to, int at) {
      left.fill(rows, from, count, to, at);
      byte[] others = right.block(rows, from, count);
      for (int i = 0; i < count; i++) {
        to[at + i] = table[Comparison.orderOfTruths(to[at + i], others[i])];
      }
    }
  }

  static final class NumberIsMissing extends BoundTruth {
    private final BoundNumber arg;

    NumberIsMissing(BoundNumber arg) {
      this.arg = arg;
    }

    @Override
    public byte of(Row row) {
      return of(Double.isNaN(arg.of(row)));
    }

    @Override
    void fill(Table table, int from, int count, byte[] to, int at) {
      double[] values = arg.block(table, from, count);
      for (int i = 0; i < count; i++) {
        to[at + i] = of(Double.isNaN(values[i]));
      }
    }
  }

  static final class LongIsMissing extends BoundTruth {
    private final BoundLong arg;

    LongIsMissing(BoundLong arg) {
      this.arg = arg;
    }

    @Override
    public byte of(Row row) {
      return of(arg.isMissing(row));
    }

    @Override
    void fill(Table table, int from, int count, byte[] to, int at) {
      boolean[] missing = arg.block(table, from, count).missing();
      for (int i = 0; i < count; i++) {
        to[at + i] = of(missing[i]);
      }
    }
  }

  static final class TextIsMissing extends BoundTruth {
    private final BoundText arg;

    TextIsMissing(BoundText arg) {
      this.arg = arg;
    }

    @Override
    public byte of(Row row) {
      return of(arg.of(row) == null);
    }

    @Override
    void fill(Table table, int from, int count, byte[] to, int at) {
      @Nullable String[] texts = arg.block(table, from, count);
      for (int i = 0; i < count; i++) {
        to[at + i] = of(texts[i] == null);
      }
    }
  }

  static final class TruthIsMissing extends BoundTruth {
    private final BoundTruth arg;

    TruthIsMissing(BoundTruth arg) {
      this.arg = arg;
    }

    @Override
    public byte of(Row row) {
      return of(arg.of(row) == MISSING);
    }

    @Override
    void fill(Table table, int from, int count, byte[] to, int at) {
      arg.fill(table, from, count, to, at);
      for (int i = at; i < at + count; i++) {
        to[i] = of(to[i] == MISSING);
      }
    }
  }

  static final class IfMissing extends BoundTruth {
    private final BoundTruth value;
    private final BoundTruth other;

    IfMissing(BoundTruth value, BoundTruth other) {
      this.value = value;
      this.other = other;
    }

    @Override
    public byte of(Row row) {
      byte truth = value.of(row);
      return truth == MISSING ? other.of(row) : truth;
    }

    @Override
    void fill(Table table, int from, int count, byte[] to, int at) {
      value.fill(table, from, count, to, at);
      byte[] others = other.block(table, from, count);
      for (int i = 0; i < count; i++) {
        to[at + i] = to[at + i] == MISSING ? others[i] : to[at + i];
      }
    }
  }

  static final class If extends BoundTruth {
    private final BoundTruth condition;
    private final BoundTruth then;
    private final BoundTruth otherwise;

    If(BoundTruth condition, BoundTruth then, BoundTruth otherwise) {
      this.condition = condition;
      this.then = then;
      this.otherwise = otherwise;
    }

    @Override
    public byte of(Row row) {
      return condition.of(row) == TRUE ? then.of(row) : otherwise.of(row);
    }

    @Override
    void fill(Table table, int from, int count, byte[] to, int at) {
      byte[] which = condition.block(table, from, count);
      then.fill(table, from, count, to, at);
      byte[] others = otherwise.block(table, from, count);
      for (int i = 0; i < count; i++) {
        to[at + i] = which[i] == TRUE ? to[at + i] : others[i];
      }
    }
  }

  /** The values of a function of one category, computed once for each. */
  static final class PerCode extends BoundTruth {
    private final BoundTruth plain;
    private final int field;
    private final byte[] values;

    PerCode(BoundTruth plain, int field, byte[] values) {
      this.plain = plain;
      this.field = field;
      this.values = values;
    }

    @Override
    public byte of(Row row) {
      return plain.of(row);
    }

    @Override
    void fill(Table table, int from, int count, byte[] to, int at) {
      int[] codes = CategoryRow.codes(table, field, from, count);
      for (int i = 0; i < count; i++) {
        to[at + i] = values[codes[i] + 1];
      }
    }
  }
}
