package dev.mlstack.run;

import java.time.Instant;

/**
 * One value of a metric.
 *
 * @param step the unit of training after which it was taken; any number
 * @param at when, with a precision of milliseconds
 * @param value the value; may be NaN or infinite
 */
public record MetricPoint(long step, Instant at, double value) {}
