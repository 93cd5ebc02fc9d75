package dev.mlstack.benchmarks;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * What something costs us and a peer, in the same unit: less is better.
 *
 * @param benchmark the name of the benchmark
 * @param measure what was measured
 * @param unit the unit of both costs, such as {@code s}
 * @param ours our cost; finite, 0 or more
 * @param peer the peer's name, in capitals
 * @param theirs the peer's cost; finite, 0 or more
 */
record Comparison(
    String benchmark, String measure, String unit, double ours, String peer, double theirs) {

  private static final MathContext DIGITS = new MathContext(3);

  Comparison {
    requireCost("ours", ours);
    requireCost("theirs", theirs);
  }

  private static void requireCost(String name, double cost) {
    if (!(cost >= 0 && cost < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(name + " must be finite and at least 0 but was " + cost);
    }
  }

  /**
   * Returns our cost in costs of the peer: below 1 is better. It is 1 if both are nothing, and
   * infinite if only the peer's is.
   */
  double ratio() {
    return ours == theirs ? 1 : ours / theirs;
  }

  /** Returns the line that is printed, each number with three digits. */
  @Override
  public String toString() {
    return "bench %s/%s unit=%s ours=%s %s=%s ratio=%s"
        .formatted(benchmark, measure, unit, digits(ours), peer, digits(theirs), digits(ratio()));
  }

  private static String digits(double number) {
    if (Double.isInfinite(number)) {
      return "inf";
    }
    return new BigDecimal(number).round(DIGITS).stripTrailingZeros().toPlainString();
  }
}
