package dev.mlstack.core.expr;

import dev.mlstack.core.math.StableMath;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.LongToDoubleFunction;

/** What the functions of numbers compute, for the row and for the block alike. */
final class Arithmetic {

  private static final int MAX_WHOLE_POWER = 1024;

  private Arithmetic() {}

  static DoubleUnaryOperator unary(Function function) {
    return switch (function) {
      case NEGATE -> x -> -x;
      case ABS -> Math::abs;
      case SQRT -> Math::sqrt;
      case LOG -> StableMath::log;
      case LOG1P -> StableMath::log1p;
      case EXP -> StableMath::exp;
      case ROUND -> Arithmetic::round;
      case FLOOR -> Math::floor;
      case CEIL -> Math::ceil;
      default -> throw new IllegalStateException(function + " is not of one number");
    };
  }

  static DoubleBinaryOperator binary(Function function) {
    return switch (function) {
      case ADD -> (a, b) -> a + b;
      case SUBTRACT -> (a, b) -> a - b;
      case MULTIPLY -> (a, b) -> a * b;
      case DIVIDE -> (a, b) -> a / b;
      case REMAINDER -> (a, b) -> a % b;
      case POW -> Arithmetic::pow;
      case MIN -> Math::min;
      case MAX -> Math::max;
      default -> throw new IllegalStateException(function + " is not of two numbers");
    };
  }

  static LongToDoubleFunction part(Function function) {
    return switch (function) {
      case YEAR -> Calendar::yearOf;
      case MONTH -> Calendar::monthOf;
      case DAY -> Calendar::dayOf;
      case DAY_OF_WEEK -> Calendar::dayOfWeek;
      case DAY_OF_YEAR -> Calendar::dayOfYear;
      case HOUR -> Calendar::hourOf;
      case MINUTE -> Calendar::minuteOf;
      case SECOND -> Calendar::secondOf;
      default -> throw new IllegalStateException(function + " is no part of a time");
    };
  }

  /** Returns the nearest whole number; of two, that farther from 0. */
  static double round(double x) {
    double size = Math.abs(x);
    double below = Math.floor(size);
    return Math.copySign(size - below >= 0.5 ? below + 1 : below, x);
  }

  /** Returns a power; see {@link NumberExpr#pow(double)}. */
  static double pow(double x, double power) {
    if (Double.isNaN(x) || Double.isNaN(power)) {
      return Double.NaN;
    } else if (power == 0.5) {
      return Math.sqrt(x);
    }
    boolean whole = power == Math.rint(power) && !Double.isInfinite(power);
    if (whole && Math.abs(power) <= MAX_WHOLE_POWER) {
      double size = wholePower(x, (int) Math.abs(power));
      return power < 0 ? 1 / size : size;
    } else if (x < 0 && !whole) {
      return Double.NaN;
    }
    double size = StableMath.exp(power * StableMath.log(Math.abs(x)));
    return x < 0 && power % 2 != 0 ? -size : size;
  }

  private static double wholePower(double x, int power) {
    double result = 1;
    double square = x;
    for (int rest = power; rest > 0; rest >>= 1) {
      if ((rest & 1) != 0) {
        result *= square;
      }
      square *= square;
    }
    return result;
  }
}
