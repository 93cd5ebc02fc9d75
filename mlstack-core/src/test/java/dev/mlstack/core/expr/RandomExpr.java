package dev.mlstack.core.expr;

import dev.mlstack.core.table.MemoryTable;
import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.schema.Schema;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Makes expressions and tables of one schema at random, with every function and every type. */
final class RandomExpr {

  static final Schema SCHEMA =
      Schema.of(
          Field.of("a", FieldType.FLOAT64),
          Field.of("b b", FieldType.FLOAT32),
          Field.of("i", FieldType.INT64),
          Field.of("in", FieldType.INT32),
          Field.of("flag", FieldType.BOOL),
          Field.of("t", FieldType.TEXT),
          Field.of("say \"x\"", FieldType.TEXT),
          Field.of("c", FieldType.category(List.of("red", "Blue", "", "ÄÖ 🐦"))),
          Field.of("time", FieldType.INSTANT),
          Field.of("local", FieldType.LOCAL_DATE_TIME),
          Field.of("d", FieldType.DATE));

  static final List<Function> FUNCTIONS = List.of(Function.values());
  private static final List<Kind> KINDS = List.of(Kind.values());

  private static final double[] NUMBERS = {
    0, -0.0, 1, -1, 0.5, 2.5, -2.5, 3, 1e300, 0x1p53, 1e-320, Math.PI, -7, 12345.678
  };
  private static final long[] WHOLES = {
    0, 1, -1, 2, 7, Long.MIN_VALUE, Long.MAX_VALUE, (1L << 53) + 1, 1L << 53, 1_700_000_000_000_000L
  };
  private static final String[] TEXTS = {
    "", "a", "B", "red", "ÄÖ 🐦", " x ", "it's", "12345", "12345-6789", "\u00df", "a\"b"
  };

  private final Random random;

  RandomExpr(Random random) {
    this.random = random;
  }

  private <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  Expr any(int depth) {
    return Expr.of(node(one(KINDS), depth));
  }

  /** Makes a call of a function. */
  Expr of(Function function, int depth) {
    Kind kind = function.givesOpen() ? one(KINDS) : function.fixedResult();
    return Expr.of(call(function, kind, depth));
  }

  TruthExpr truth(int depth) {
    return new TruthExpr(node(Kind.TRUTH, depth));
  }

  private Node node(Kind kind, int depth) {
    if (depth == 0 || random.nextInt(8) == 0) {
      return random.nextInt(3) == 0 ? literal(kind) : column(kind);
    }
    while (true) {
      Function function = one(FUNCTIONS);
      if (function.givesOpen() || function.fixedResult() == kind) {
        return call(function, kind, depth);
      }
    }
  }

  private Node call(Function function, Kind kind, int depth) {
    Kind open = function.givesOpen() ? kind : one(KINDS);
    return switch (function) {
      case IN ->
          Node.Call.of(
              function,
              List.of(node(open, depth - 1), literal(open), literal(open), literal(open)));
      case MATCHES ->
          Node.Call.of(
              function,
              List.of(
                  node(Kind.TEXT, depth - 1),
                  Node.Literal.of(one(List.of("[0-9]{5}(-[0-9]{4})?", "red|a", ".*\\s.*")))));
      case SUBSTRING ->
          Node.Call.of(
              function,
              List.of(
                  node(Kind.TEXT, depth - 1),
                  Node.Literal.of((long) random.nextInt(5)),
                  Node.Literal.of((long) random.nextInt(4))));
      case REPLACE ->
          Node.Call.of(
              function,
              List.of(node(Kind.TEXT, depth - 1), Node.Literal.of("a"), literal(Kind.TEXT)));
      default -> {
        int count = 1;
        while (!takes(function, count)) {
          count++;
        }
        Node[] args = new Node[count];
        for (int i = 0; i < count; i++) {
          args[i] = node(function.isOpen(i) ? open : function.argument(i), depth - 1);
        }
        yield Node.Call.of(function, List.of(args));
      }
    };
  }

  private static boolean takes(Function function, int count) {
    try {
      function.checkCount(count);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private Node column(Kind kind) {
    List<Field> fields =
        SCHEMA.fields().stream().filter(field -> kind.accepts(field.type())).toList();
    return new Node.Column(kind, one(fields).name());
  }

  private Node literal(Kind kind) {
    return switch (kind) {
      case NUMBER ->
          random.nextBoolean()
              ? Node.Literal.of(NUMBERS[random.nextInt(NUMBERS.length)])
              : Node.Literal.of(WHOLES[random.nextInt(WHOLES.length)]);
      case TEXT -> Node.Literal.of(TEXTS[random.nextInt(TEXTS.length)]);
      case TRUTH -> Node.Literal.of(random.nextBoolean());
      case TIME -> Node.Literal.ofMicros((long) (random.nextGaussian() * 3e15));
    };
  }

  MemoryTable table(int rows) {
    MemoryTable.Builder builder = MemoryTable.builder(SCHEMA);
    for (int row = 0; row < rows; row++) {
      @Nullable Object[] values = new Object[SCHEMA.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = random.nextInt(6) == 0 ? null : value(SCHEMA.field(i).type());
      }
      builder.add(row + 1, values);
    }
    return builder.build();
  }

  private Object value(FieldType type) {
    if (type instanceof FieldType.Real real) {
      double value =
          switch (random.nextInt(12)) {
            case 0 -> Double.NaN;
            case 1 -> Double.POSITIVE_INFINITY;
            case 2 -> Double.NEGATIVE_INFINITY;
            case 3 -> random.nextGaussian() * 100;
            default -> NUMBERS[random.nextInt(NUMBERS.length)];
          };
      return real.bits() == 32 ? (Object) (float) value : (Object) value;
    } else if (type instanceof FieldType.Int whole) {
      return whole.bits() == 32
          ? (Object) random.nextInt(5)
          : WHOLES[random.nextInt(WHOLES.length)];
    } else if (type instanceof FieldType.Bool) {
      return random.nextBoolean();
    } else if (type instanceof FieldType.Date) {
      return LocalDate.ofEpochDay(
          random.nextInt(20) == 0 ? 300_000_000 : random.nextInt(60_000) - 20_000);
    } else if (type instanceof FieldType.Timestamp timestamp) {
      long micros = (long) (random.nextGaussian() * 3e15);
      Instant instant = FieldType.Timestamp.instant(micros);
      LocalDateTime local = FieldType.Timestamp.dateTime(micros);
      return timestamp.utc() ? instant : local;
    } else if (type instanceof FieldType.Category category) {
      return one(category.values());
    }
    return TEXTS[random.nextInt(TEXTS.length)];
  }
}
