package dev.mlstack.run;

import java.time.Instant;

/**
 * One value of a metric.
 *
 * @param step the unit of training after which it was taken; any number
 * @param at when, with a precision of milliseconds
 * @param value the value; may be NaN or infinite, never negative zero
 */
public record MetricPoint(long step, Instant at, double value) {

  /** Turns negative zero into zero, so that equal values have equal bits. */
  public MetricPoint {
    value = value == 0 ? 0.0 : value;
  }
}
