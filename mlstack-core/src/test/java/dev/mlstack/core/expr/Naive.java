package dev.mlstack.core.expr;

import dev.mlstack.core.math.StableMath;
import dev.mlstack.schema.FieldType;
import dev.mlstack.store.Value;
import dev.mlstack.table.Row;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Computes expressions with boxed values, {@code null} for missing: numbers as Long or Double,
 * times as date and time.
 */
final class Naive {

  private final Row row;

  Naive(Row row) {
    this.row = row;
  }

  @Nullable Object of(Node node) {
    if (node instanceof Node.Column column) {
      return column(column);
    } else if (node instanceof Node.Literal literal) {
      return literal(literal);
    }
    Node.Call call = (Node.Call) node;
    return switch (call.function()) {
      case AND -> and(truth(call.arg(0)), truth(call.arg(1)));
      case OR -> not(and(not(truth(call.arg(0))), not(truth(call.arg(1)))));
      case NOT -> not(truth(call.arg(0)));
      case IS_MISSING -> of(call.arg(0)) == null;
      case IF_MISSING -> {
        Object value = of(call.arg(0));
        yield value == null ? of(call.arg(1)) : value;
      }
      case IF -> Boolean.TRUE.equals(of(call.arg(0))) ? of(call.arg(1)) : of(call.arg(2));
      case IN -> {
        Boolean any = false;
        for (Node constant : call.args().subList(1, call.args().size())) {
          any = not(and(not(any), not(compare(Function.EQ, of(call.arg(0)), of(constant)))));
        }
        yield any;
      }
      default -> {
        List<@Nullable Object> args = new java.util.ArrayList<>();
        call.args().forEach(arg -> args.add(of(arg)));
        yield args.contains(null) ? null : known(call.function(), args);
      }
    };
  }

  private @Nullable Object column(Node.Column column) {
    int field = row.schema().indexOf(column.name());
    FieldType type = row.schema().field(field).type();
    if (row.isNull(field)) {
      return null;
    }
    return switch (column.kind()) {
      case NUMBER ->
          type instanceof FieldType.Real
              ? (Object) number(row.number(field))
              : (Object) row.integer(field);
      case TEXT -> row.text(field);
      case TRUTH -> row.integer(field) == 1;
      case TIME ->
          type instanceof FieldType.Date
              ? date(row.integer(field))
              : FieldType.Timestamp.dateTime(row.integer(field));
    };
  }

  private static @Nullable LocalDateTime date(long day) {
    LocalDateTime time = LocalDateTime.of(1970, 1, 1, 0, 0).plusDays(day);
    try {
      FieldType.Timestamp.micros(time);
      return time;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static @Nullable Object literal(Node.Literal literal) {
    Value value = literal.value();
    return switch (literal.kind()) {
      case NUMBER -> value instanceof Value.Whole ? (Object) value.asWhole() : value.asReal();
      case TEXT -> value.asText();
      case TRUTH -> value.asFlag();
      case TIME -> FieldType.Timestamp.dateTime(value.asWhole());
    };
  }

  private static @Nullable Double number(double value) {
    return Double.isNaN(value) ? null : value;
  }

  private @Nullable Boolean truth(Node node) {
    return (Boolean) of(node);
  }

  private static @Nullable Boolean not(@Nullable Boolean a) {
    return a == null ? null : !a;
  }

  private static @Nullable Boolean and(@Nullable Boolean a, @Nullable Boolean b) {
    if (Boolean.FALSE.equals(a) || Boolean.FALSE.equals(b)) {
      return false;
    }
    return (a == null || b == null) ? null : true;
  }

  private static @Nullable Boolean compare(
      Function function, @Nullable Object a, @Nullable Object b) {
    if (a == null || b == null) {
      return null;
    }
    int order = order(a, b);
    return switch (function) {
      case EQ -> order == 0;
      case NE -> order != 0;
      case LT -> order < 0;
      case LE -> order <= 0;
      case GT -> order > 0;
      default -> order >= 0;
    };
  }

  private static int order(Object a, Object b) {
    if (a instanceof Long left && b instanceof Long right) {
      return left.compareTo(right);
    } else if (a instanceof Number left && b instanceof Number right) {
      // Adding 0 makes one zero of both.
      return Double.compare(left.doubleValue() + 0.0, right.doubleValue() + 0.0);
    } else if (a instanceof String left) {
      return left.compareTo((String) b);
    } else if (a instanceof Boolean left) {
      return left.compareTo((Boolean) b);
    }
    return ((LocalDateTime) a).compareTo((LocalDateTime) b);
  }

  private static @Nullable Object known(Function function, List<@Nullable Object> args) {
    Object first = args.get(0);
    if (first instanceof LocalDateTime time && function.fixedResult() == Kind.NUMBER) {
      return part(function, time, args);
    } else if (first instanceof Number number) {
      double a = number.doubleValue();
      if (function.fixedResult() == Kind.NUMBER) {
        return number(arithmetic(function, a, args));
      }
    } else if (first instanceof String text && !function.isOpen(0)) {
      return ofText(function, text, args);
    }
    return compare(function, first, args.get(1));
  }

  private static double arithmetic(Function function, double a, List<@Nullable Object> args) {
    double b = args.size() > 1 && args.get(1) instanceof Number n ? n.doubleValue() : 0;
    return switch (function) {
      case ADD -> a + b;
      case SUBTRACT -> a - b;
      case MULTIPLY -> a * b;
      case DIVIDE -> a / b;
      case REMAINDER -> a % b;
      case NEGATE -> -a;
      case ABS -> a < 0 ? -a : a + 0.0;
      case SQRT -> Math.sqrt(a);
      case LOG -> StableMath.log(a);
      case LOG1P -> StableMath.log1p(a);
      case EXP -> StableMath.exp(a);
      case POW -> Arithmetic.pow(a, b);
      case MIN -> Math.min(a, b);
      case MAX -> Math.max(a, b);
      case CLIP -> Math.min(Math.max(a, b), ((Number) args.get(2)).doubleValue());
      case ROUND ->
          Double.isInfinite(a) || a == 0
              ? a
              : Math.copySign(new BigDecimal(a).setScale(0, RoundingMode.HALF_UP).doubleValue(), a);
      case FLOOR -> Math.floor(a);
      case CEIL -> Math.ceil(a);
      default -> throw new AssertionError(function);
    };
  }

  private static Object part(Function function, LocalDateTime time, List<@Nullable Object> args) {
    long part =
        switch (function) {
          case YEAR -> time.getYear();
          case MONTH -> time.getMonthValue();
          case DAY -> time.getDayOfMonth();
          case DAY_OF_WEEK -> time.getDayOfWeek().getValue();
          case DAY_OF_YEAR -> time.getDayOfYear();
          case HOUR -> time.getHour();
          case MINUTE -> time.getMinute();
          case SECOND -> time.getSecond();
          case SECONDS_BETWEEN -> -1;
          default -> throw new AssertionError(function);
        };
    if (function != Function.SECONDS_BETWEEN) {
      return (double) part;
    }
    LocalDateTime end = (LocalDateTime) args.get(1);
    long a = FieldType.Timestamp.micros(time);
    long b = FieldType.Timestamp.micros(end);
    try {
      return Math.subtractExact(b, a) / 1e6;
    } catch (ArithmeticException e) {
      return ((double) b - (double) a) / 1e6;
    }
  }

  private static Object ofText(Function function, String text, List<@Nullable Object> args) {
    int[] points = text.codePoints().toArray();
    String other = args.size() > 1 && args.get(1) instanceof String s ? s : "";
    return switch (function) {
      case LENGTH -> (double) points.length;
      case TRIM -> text.strip();
      case LOWER -> text.toLowerCase(Locale.ROOT);
      case UPPER -> text.toUpperCase(Locale.ROOT);
      case CONCAT -> text + other;
      case SUBSTRING -> {
        StringBuilder part = new StringBuilder();
        text.codePoints()
            .skip((Long) args.get(1))
            .limit((Long) args.get(2))
            .forEach(part::appendCodePoint);
        yield part.toString();
      }
      case REPLACE -> text.replace(other, (String) args.get(2));
      case CONTAINS -> text.contains(other);
      case STARTS_WITH -> text.startsWith(other);
      case ENDS_WITH -> text.endsWith(other);
      case MATCHES -> text.matches(other);
      default -> throw new AssertionError(function);
    };
  }

  /** Returns the microseconds of a time. */
  static long micros(Object time) {
    return FieldType.Timestamp.micros((LocalDateTime) time);
  }
}
