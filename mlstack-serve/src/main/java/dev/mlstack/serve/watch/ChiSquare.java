package dev.mlstack.serve.watch;

import dev.mlstack.core.math.StableMath;

/**
 * The chi-square distribution. Its bits are the same everywhere, as they reach stored reports.
 *
 * <p>The upper tail is the regularized incomplete gamma function {@code Q(df / 2, x / 2)}: 1 minus
 * its power series below the mean, and its continued fraction above (W. Lentz, "Generating Bessel
 * functions in Mie scattering calculations using continued fractions", 1976). The relative error is
 * below 10<sup>-11</sup> for up to some hundred degrees of freedom.
 */
final class ChiSquare {

  private static final double HALF_LOG_PI = 0.5723649429247001;
  private static final double EPSILON = 0x1p-54;
  private static final double TINY = 0x1p-1000;

  private ChiSquare() {}

  /**
   * Returns the probability that a variable of this distribution is at least {@code x}.
   *
   * @param x 0 or more
   * @param degrees the degrees of freedom, 1 or more
   */
  static double upperTail(double x, int degrees) {
    double a = degrees / 2.0;
    double h = x / 2;
    if (h == 0) {
      return 1;
    }
    double scale = StableMath.exp(a * StableMath.log(h) - h - logGamma(degrees));
    double tail = h < a + 1 ? 1 - scale * series(a, h) : scale * fraction(a, h);
    return Math.max(0, Math.min(1, tail));
  }

  /** Returns the logarithm of the gamma function at half a whole number. */
  private static double logGamma(int twice) {
    double sum = twice % 2 == 0 ? 0 : HALF_LOG_PI;
    for (int i = twice - 2; i > 0; i -= 2) {
      sum += StableMath.log(i / 2.0);
    }
    return sum;
  }

  /** Returns the sum of {@code h^n / (a (a + 1) … (a + n))}. */
  private static double series(double a, double h) {
    double term = 1 / a;
    double sum = term;
    for (int n = 1; term > sum * EPSILON; n++) {
      term *= h / (a + n);
      sum += term;
    }
    return sum;
  }

  /** Returns {@code 1 / (h + 1 - a - 1 (1 - a) / (h + 3 - a - 2 (2 - a) / (h + 5 - a - …)))}. */
  private static double fraction(double a, double h) {
    double b = h + 1 - a;
    double c = 1 / TINY;
    double d = 1 / b;
    double value = d;
    double change = 0;
    for (int n = 1; Math.abs(change - 1) > 4 * EPSILON && n < 100_000; n++) {
      double numerator = -n * (n - a);
      b += 2;
      d = 1 / nonZero(numerator * d + b);
      c = nonZero(b + numerator / c);
      change = d * c;
      value *= change;
    }
    return value;
  }

  private static double nonZero(double value) {
    return Math.abs(value) < TINY ? TINY : value;
  }
}
