package dev.mlstack.core.expr;

import dev.mlstack.table.CategoryColumn;
import dev.mlstack.table.ColumnData;
import dev.mlstack.table.Row;
import dev.mlstack.table.Table;
import dev.mlstack.table.TextColumn;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The forms of {@link BoundText}. */
final class TextNodes {

  private TextNodes() {}

  static final class Column extends BoundText {
    private final int field;

    Column(int field) {
      this.field = field;
    }

    @Override
    public @Nullable String of(Row row) {
      return row.text(field);
    }

    @Override
    void fill(Table table, int from, int count, @Nullable String[] to, int at) {
      ColumnData column = table.column(field);
      if (column instanceof TextColumn texts) {
        texts.read(from, count, to, at);
        return;
      }
      List<String> values = ((CategoryColumn) column).values();
      int[] codes = CategoryRow.codes(table, field, from, count);
      for (int i = 0; i < count; i++) {
        to[at + i] = codes[i] < 0 ? null : values.get(codes[i]);
      }
    }
  }

  static final class Constant extends BoundText {
    private final String value;

    Constant(String value) {
      this.value = value;
    }

    @Override
    public String of(Row row) {
      return value;
    }

    @Override
    void fill(Table table, int from, int count, @Nullable String[] to, int at) {
      Arrays.fill(to, at, at + count, value);
    }
  }

  /** Returns what a function makes of its first argument. */
  static UnaryOperator<String> unary(Node.Call call) {
    return switch (call.function()) {
      case TRIM -> String::strip;
      case LOWER -> text -> text.toLowerCase(Locale.ROOT);
      case UPPER -> text -> text.toUpperCase(Locale.ROOT);
      case SUBSTRING -> {
        int from = Function.index(call.arg(1));
        int length = Function.index(call.arg(2));
        yield text -> substring(text, from, length);
      }
      case REPLACE -> {
        String target = Function.text(call.arg(1));
        String by = Function.text(call.arg(2));
        yield text -> text.replace(target, by);
      }
      default -> throw new IllegalStateException(call.function() + " is not of one text");
    };
  }

  private static String substring(String text, int from, int length) {
    int points = text.codePointCount(0, text.length());
    if (from >= points) {
      return "";
    }
    int start = text.offsetByCodePoints(0, from);
    return text.substring(start, text.offsetByCodePoints(start, Math.min(length, points - from)));
  }

  static final class Unary extends BoundText {
    private final UnaryOperator<String> operator;
    private final BoundText arg;

    Unary(UnaryOperator<String> operator, BoundText arg) {
      this.operator = operator;
      this.arg = arg;
    }

    @Override
    public @Nullable String of(Row row) {
      String text = arg.of(row);
      return text == null ? null : operator.apply(text);
    }

    @Override
    void fill(Table table, int from, int count, @Nullable String[] to, int at) {
      arg.fill(table, from, count, to, at);
      for (int i = at; i < at + count; i++) {
        String text = to[i];
        to[i] = text == null ? null : operator.apply(text);
      }
    }
  }

  static final class Concat extends BoundText {
    private final BoundText left;
    private final BoundText right;

    Concat(BoundText left, BoundText right) {
      this.left = left;
      this.right = right;
    }

    private static @Nullable String joined(@Nullable String a, @Nullable String b) {
      return a == null || b == null ? null : a.concat(b);
    }

    @Override
    public @Nullable String of(Row row) {
      return joined(left.of(row), right.of(row));
    }

    @Override
    void fill(Table table, int from, int count, @Nullable String[] to, int at) {
      left.fill(table, from, count, to, at);
      @Nullable String[] others = right.block(table, from, count);
      for (int i = 0; i < count; i++) {
        to[at + i] = joined(to[at + i], others[i]);
      }
    }
  }

  static final class IfMissing extends BoundText {
    private final BoundText value;
    private final BoundText other;

    IfMissing(BoundText value, BoundText other) {
      this.value = value;
      this.other = other;
    }

    @Override
    public @Nullable String of(Row row) {
      String text = value.of(row);
      return text == null ? other.of(row) : text;
    }

    @Override
    void fill(Table table, int from, int count, @Nullable String[] to, int at) {
      value.fill(table, from, count, to, at);
      @Nullable String[] others = other.block(table, from, count);
      for (int i = 0; i < count; i++) {
        if (to[at + i] == null) {
          to[at + i] = others[i];
        }
      }
    }
  }

  static final class If extends BoundText {
    private final BoundTruth condition;
    private final BoundText then;
    private final BoundText otherwise;

    If(BoundTruth condition, BoundText then, BoundText otherwise) {
      this.condition = condition;
      this.then = then;
      this.otherwise = otherwise;
    }

    @Override
    public @Nullable String of(Row row) {
      return condition.of(row) == BoundTruth.TRUE ? then.of(row) : otherwise.of(row);
    }

    @Override
    void fill(Table table, int from, int count, @Nullable String[] to, int at) {
      byte[] which = condition.block(table, from, count);
      then.fill(table, from, count, to, at);
      @Nullable String[] others = otherwise.block(table, from, count);
      for (int i = 0; i < count; i++) {
        if (which[i] != BoundTruth.TRUE) {
          to[at + i] = others[i];
        }
      }
    }
  }
}
