package dev.mlstack.core.expr;

/**
 * What a comparison says of the order of two values.
 *
 * <p>The order is a number: 0 if the first is less, 1 if they are equal, 2 if it is greater, {@link
 * #UNKNOWN} if one is missing. For each comparison there is a table from these to truth values.
 */
final class Comparison {

  /** One of both is missing. */
  static final int UNKNOWN = 3;

  private Comparison() {}

  static byte[] table(Function function) {
    return switch (function) {
      case EQ -> table(false, true, false);
      case NE -> table(true, false, true);
      case LT -> table(true, false, false);
      case LE -> table(true, true, false);
      case GT -> table(false, false, true);
      case GE -> table(false, true, true);
      default -> throw new IllegalStateException(function + " is no comparison");
    };
  }

  private static byte[] table(boolean less, boolean equal, boolean greater) {
    return new byte[] {
      BoundTruth.of(less), BoundTruth.of(equal), BoundTruth.of(greater), BoundTruth.MISSING
    };
  }

  static int order(double a, double b) {
    return a < b ? 0 : a > b ? 2 : a == b ? 1 : UNKNOWN;
  }

  static int order(long a, long b) {
    return a < b ? 0 : a > b ? 2 : 1;
  }

  static int order(String a, String b) {
    return Integer.signum(a.compareTo(b)) + 1;
  }

  static int orderOfTruths(byte a, byte b) {
    return a == BoundTruth.MISSING || b == BoundTruth.MISSING ? UNKNOWN : order((long) a, b);
  }
}
