package dev.mlstack.data.transform;

import dev.mlstack.core.math.ExactSum;
import dev.mlstack.feature.ValueBlock;

/**
 * The sum of the finite numbers of a column without any rounding, and their range.
 *
 * <p>Numbers from 2<sup>900</sup> on are summed apart, scaled down by a power of two, so that no
 * sum overflows where the mean does not.
 */
final class FiniteSum {

  private static final double LARGE = 0x1.0p900;
  private static final double SCALE = 0x1.0p-100;

  private final ExactSum sum = new ExactSum();
  private final ExactSum scaledSumOfLarge = new ExactSum();
  private final Range range = new Range();
  private long count;

  static FiniteSum of(ValueBlock.Numbers block) {
    FiniteSum sum = new FiniteSum();
    for (int i = 0; i < block.size(); i++) {
      sum.add(block.values()[i]);
    }
    return sum;
  }

  /** Adds a number, unless it is infinite or NaN. */
  void add(double value) {
    double magnitude = Math.abs(value);
    if (magnitude < LARGE) {
      sum.add(value);
    } else if (magnitude <= Double.MAX_VALUE) {
      scaledSumOfLarge.add(value * SCALE);
    } else {
      return;
    }
    count++;
    range.add(value);
  }

  /** Adds the numbers of another sum and returns this one. */
  FiniteSum merge(FiniteSum other) {
    sum.add(other.sum);
    scaledSumOfLarge.add(other.scaledSumOfLarge);
    range.merge(other.range);
    count += other.count;
    return this;
  }

  /** Returns the smallest and the largest number. */
  Range range() {
    return range;
  }

  /**
   * Returns the mean, which is never below the smallest or above the largest number; 0 if there is
   * none. So the mean of equal numbers is this number, though rounding might say otherwise.
   */
  double mean() {
    if (count == 0) {
      return 0;
    }
    double mean = sum.value() / count + scaledSumOfLarge.value() / count / SCALE;
    return Math.min(Math.max(mean, range.min()), range.max()) + 0.0;
  }
}
