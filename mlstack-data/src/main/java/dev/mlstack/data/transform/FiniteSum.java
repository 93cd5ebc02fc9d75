package dev.mlstack.data.transform;

import dev.mlstack.core.math.ExactSum;
import dev.mlstack.feature.ValueBlock;

/**
 * The sum, the smallest and the largest of the finite numbers of a column, without any rounding.
 *
 * <p>Numbers from 2<sup>900</sup> on are summed apart, scaled down by a power of two, so that no
 * sum overflows where the mean does not.
 */
final class FiniteSum {

  private static final double LARGE = 0x1.0p900;
  private static final double SCALE = 0x1.0p-100;

  private final ExactSum sum = new ExactSum();
  private final ExactSum scaledSumOfLarge = new ExactSum();
  private long count;
  private double min = Double.POSITIVE_INFINITY;
  private double max = Double.NEGATIVE_INFINITY;

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
    min = Math.min(min, value);
    max = Math.max(max, value);
  }

  /** Adds the numbers of another sum and returns this one. */
  FiniteSum merge(FiniteSum other) {
    sum.add(other.sum);
    scaledSumOfLarge.add(other.scaledSumOfLarge);
    count += other.count;
    min = Math.min(min, other.min);
    max = Math.max(max, other.max);
    return this;
  }

  /** Returns the smallest number; 0 if there is none. */
  double min() {
    return count == 0 ? 0 : min + 0.0;
  }

  /** Returns the largest number; 0 if there is none. */
  double max() {
    return count == 0 ? 0 : max + 0.0;
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
    return Math.min(Math.max(mean, min), max) + 0.0;
  }
}
