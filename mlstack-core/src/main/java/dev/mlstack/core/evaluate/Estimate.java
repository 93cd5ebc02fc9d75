package dev.mlstack.core.evaluate;

import dev.mlstack.core.math.ExactSum;
import dev.mlstack.core.math.Normal;
import dev.mlstack.model.Metric;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntToDoubleFunction;

/**
 * A figure with the interval that covers its true value with the probability {@link
 * Evaluator#LEVEL}; NaN where it is not defined.
 */
record Estimate(double value, double low, double high) {

  /** How many standard errors an interval reaches to each side. */
  static final double Z = Normal.quantile((1 + Evaluator.LEVEL) / 2);

  static final Estimate UNDEFINED = new Estimate(Double.NaN, Double.NaN, Double.NaN);

  /**
   * Returns a proportion with the interval of E. B. Wilson, "Probable inference, the law of
   * succession, and statistical inference", Journal of the American Statistical Association 22,
   * 1927. Undefined without trials.
   */
  static Estimate proportion(long successes, long trials) {
    if (trials == 0) {
      return UNDEFINED;
    }
    double n = trials;
    double p = successes / n;
    double scale = 1 + Z * Z / n;
    double center = (p + Z * Z / (2 * n)) / scale;
    double half = Z / scale * Math.sqrt(p * (1 - p) / n + Z * Z / (4 * n * n));
    double low = successes == 0 ? 0 : Math.max(0, center - half);
    double high = successes == trials ? 1 : Math.min(1, center + half);
    return new Estimate(p, low, high);
  }

  /**
   * Returns the mean of numbers that are not negative, with the interval of the normal
   * approximation. The mean of a single number has no interval.
   */
  static Estimate mean(int count, IntToDoubleFunction values) {
    double mean = average(count, values);
    double half = Z * standardError(count, values, mean);
    return new Estimate(mean, Math.max(0, mean - half), mean + half);
  }

  /** Returns the square root of such a mean; its standard error is that of the delta method. */
  static Estimate rootMean(int count, IntToDoubleFunction values) {
    double mean = average(count, values);
    double root = Math.sqrt(mean);
    double half = mean == 0 ? 0 : Z * standardError(count, values, mean) / (2 * root);
    return new Estimate(root, Math.max(0, root - half), root + half);
  }

  /** Returns the mean of numbers; NaN if there are none. */
  static double average(int count, IntToDoubleFunction values) {
    ExactSum sum = new ExactSum();
    for (int i = 0; i < count; i++) {
      sum.add(values.applyAsDouble(i));
    }
    return sum.value() / count;
  }

  /** Returns the standard error of a mean; NaN if there is but one number. */
  private static double standardError(int count, IntToDoubleFunction values, double mean) {
    ExactSum squares = new ExactSum();
    for (int i = 0; i < count; i++) {
      double deviation = values.applyAsDouble(i) - mean;
      squares.add(deviation * deviation);
    }
    return Math.sqrt(squares.value() / (count - 1.0) / count);
  }

  /** Returns this figure on another scale. */
  Estimate map(DoubleUnaryOperator rising) {
    return new Estimate(
        rising.applyAsDouble(value), rising.applyAsDouble(low), rising.applyAsDouble(high));
  }

  /** Returns this figure as a metric that is better the higher it is. */
  Metric higherIsBetter(String name) {
    return new Metric(name, value, low, high, true);
  }

  /** Returns this figure as a metric that is better the lower it is. */
  Metric lowerIsBetter(String name) {
    return new Metric(name, value, low, high, false);
  }
}
