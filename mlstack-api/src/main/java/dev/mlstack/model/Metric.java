package dev.mlstack.model;

import java.util.Locale;

/**
 * One figure of how good a model was, with an interval that covers its true value with the
 * probability that the {@link Evaluation} names.
 *
 * @param name what is measured, such as {@code auc}
 * @param value the figure; NaN where it is not defined, such as the AUC of data with one class
 * @param low the lower end of the interval
 * @param high the upper end of the interval
 * @param higherIsBetter which way is up
 */
public record Metric(String name, double value, double low, double high, boolean higherIsBetter) {

  /** Returns the name, the value and the interval, with four decimals. */
  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%s %.4f [%.4f, %.4f]", name, value, low, high);
  }
}
