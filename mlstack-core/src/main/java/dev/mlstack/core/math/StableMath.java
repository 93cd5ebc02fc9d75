package dev.mlstack.core.math;

/**
 * Transcendental functions made only of additions, multiplications, divisions and bit operations in
 * a fixed order, so that the result has the same bits on every platform and in every language that
 * follows IEEE 754 without fused multiply-add.
 *
 * <p>Arguments are reduced by powers of two: {@code exp(k ln 2 + r) = 2^k exp(r)} with the Taylor
 * polynomial of degree 13 for {@code |r| <= ln 2 / 2}, and {@code log(2^k m) = k ln 2 + log(m)}
 * with the series of {@code 2 artanh((m - 1) / (m + 1))} for {@code m} between the square roots of
 * 1/2 and 2. The constant ln 2 is split in two, so that its products with {@code k} are exact.
 * Errors stay below 1 ulp for {@link #exp} and {@link #log} and below 4 ulp for the rest.
 */
public final class StableMath {

  private static final double LOG2_E = 0x1.71547652b82fep0;

  /** The leading 33 bits of ln 2: products with an exponent are exact. */
  private static final double LN2_HIGH = 0x1.62e42feep-1;

  /** The rest of ln 2. */
  private static final double LN2_LOW = 0x1.a39ef35793c76p-33;

  private static final double SQRT_HALF = 0x1.6a09e667f3bcdp-1;
  private static final double EXP_OVERFLOW = 0x1.62e42fefa39efp9;
  private static final double EXP_UNDERFLOW = -0x1.74910d52d3051p9;

  /** 1/n! for n from 13 down to 2. */
  private static final double[] EXP_TERMS = {
    1.0 / 6227020800.0,
    1.0 / 479001600.0,
    1.0 / 39916800.0,
    1.0 / 3628800.0,
    1.0 / 362880.0,
    1.0 / 40320.0,
    1.0 / 5040.0,
    1.0 / 720.0,
    1.0 / 120.0,
    1.0 / 24.0,
    1.0 / 6.0,
    1.0 / 2.0
  };

  /** 2/(2n+1) for n from 11 down to 1. */
  private static final double[] LOG_TERMS = {
    2.0 / 23.0,
    2.0 / 21.0,
    2.0 / 19.0,
    2.0 / 17.0,
    2.0 / 15.0,
    2.0 / 13.0,
    2.0 / 11.0,
    2.0 / 9.0,
    2.0 / 7.0,
    2.0 / 5.0,
    2.0 / 3.0
  };

  private StableMath() {}

  /** Returns e to the power of {@code x}. */
  public static double exp(double x) {
    if (!(x < EXP_OVERFLOW)) {
      return Double.isNaN(x) ? x : x == EXP_OVERFLOW ? Double.MAX_VALUE : Double.POSITIVE_INFINITY;
    }
    if (x < EXP_UNDERFLOW) {
      return 0;
    }
    double k = Math.rint(x * LOG2_E);
    double high = x - k * LN2_HIGH;
    double low = k * LN2_LOW;
    double r = high - low;
    double q = EXP_TERMS[0];
    for (int i = 1; i < EXP_TERMS.length; i++) {
      q = q * r + EXP_TERMS[i];
    }
    return Math.scalb(1 + (high - (low - r * r * q)), (int) k);
  }

  /** Returns the natural logarithm; NaN below 0, negative infinity at 0. */
  public static double log(double x) {
    if (!(x > 0) || x == Double.POSITIVE_INFINITY) {
      return x == 0 ? Double.NEGATIVE_INFINITY : x < 0 ? Double.NaN : x;
    }
    int k = Math.getExponent(x);
    double m = x;
    if (k < Double.MIN_EXPONENT) {
      m = x * 0x1.0p54;
      k = Math.getExponent(m) - 54;
    }
    m = Math.scalb(x, -k - 1);
    k++;
    if (m < SQRT_HALF) {
      m = m * 2;
      k--;
    }
    double f = m - 1;
    double s = f / (2 + f);
    double z = s * s;
    double q = LOG_TERMS[0];
    for (int i = 1; i < LOG_TERMS.length; i++) {
      q = q * z + LOG_TERMS[i];
    }
    return k * LN2_HIGH + (f - (s * (f - z * q) - k * LN2_LOW));
  }

  /** Returns the natural logarithm of {@code 1 + x}, also for {@code x} near 0. */
  public static double log1p(double x) {
    double u = 1 + x;
    if (u == 1 || x == Double.POSITIVE_INFINITY) {
      return x;
    }
    return u <= 0 ? log(u) : log(u) * (x / (u - 1));
  }

  /** Returns the logistic function, {@code 1 / (1 + exp(-x))}. */
  public static double sigmoid(double x) {
    if (x >= 0) {
      return 1 / (1 + exp(-x));
    }
    double e = exp(x);
    return e / (1 + e);
  }

  /** Returns {@code log(1 + exp(x))}, which is finite for every finite {@code x}. */
  public static double softplus(double x) {
    return Math.max(x, 0) + log1p(exp(-Math.abs(x)));
  }

  /**
   * Replaces {@code count} numbers by their softmax: {@code exp(x_i) / sum_j exp(x_j)}.
   *
   * @param values the numbers
   * @param from the index of the first
   */
  public static void softmax(double[] values, int from, int count) {
    double max = Double.NEGATIVE_INFINITY;
    for (int i = from; i < from + count; i++) {
      max = Math.max(max, values[i]);
    }
    double sum = 0;
    for (int i = from; i < from + count; i++) {
      values[i] = exp(values[i] - max);
      sum += values[i];
    }
    for (int i = from; i < from + count; i++) {
      values[i] /= sum;
    }
  }
}
