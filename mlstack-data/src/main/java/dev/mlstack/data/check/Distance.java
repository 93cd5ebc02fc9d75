package dev.mlstack.data.check;

import dev.mlstack.core.math.StableMath;

/** How different the shares of rows over the same cells are. */
final class Distance {

  private Distance() {}

  /**
   * Returns the Jensen-Shannon distance, from 0 (the same shares) to 1 (no cell in common): the
   * square root of the divergence in bits (D. Endres and J. Schindelin, "A new metric for
   * probability distributions", 2003).
   */
  static double jensenShannon(long[] left, long[] right) {
    double leftRows = sum(left);
    double rightRows = sum(right);
    double nats = 0;
    for (int i = 0; i < left.length; i++) {
      double a = left[i] / leftRows;
      double b = right[i] / rightRows;
      double mean = (a + b) / 2;
      nats += term(a, mean) / 2 + term(b, mean) / 2;
    }
    return Math.sqrt(Math.max(0, Math.min(1, nats / StableMath.log(2))));
  }

  private static double term(double share, double mean) {
    return share == 0 ? 0 : share * StableMath.log(share / mean);
  }

  /**
   * Returns the Kolmogorov-Smirnov distance of numbers that are not missing: the greatest difference
   * of the shares of rows up to a border of a cell. That over all values is never less.
   *
   * @param left counts, those that are missing last
   */
  static double kolmogorovSmirnov(long[] left, long[] right) {
    double leftRows = sum(left) - left[left.length - 1];
    double rightRows = sum(right) - right[right.length - 1];
    if (leftRows == 0 || rightRows == 0) {
      return leftRows == rightRows ? 0 : 1;
    }
    double greatest = 0;
    long leftSum = 0;
    long rightSum = 0;
    for (int i = 0; i < left.length - 1; i++) {
      leftSum += left[i];
      rightSum += right[i];
      greatest = Math.max(greatest, Math.abs(leftSum / leftRows - rightSum / rightRows));
    }
    return greatest;
  }

  private static double sum(long[] counts) {
    double sum = 0;
    for (long count : counts) {
      sum += count;
    }
    return sum;
  }
}
