package dev.mlstack.serve.watch;

/**
 * When a difference between live traffic and the training data counts as drift: when it is both
 * significant, so that chance does not explain it, and large, so that it matters.
 *
 * @param alpha the share of false alarms among alarms that is accepted, above 0 and below 1: the
 *     level of the false discovery rate over all columns
 * @param minDistance the least Jensen-Shannon distance that matters, from 0 to 1
 */
public record DriftPolicy(double alpha, double minDistance) {

  /** The level unless it is said otherwise: 0.01. */
  public static final double DEFAULT_ALPHA = 0.01;

  /** The least distance unless it is said otherwise: 0.1. */
  public static final double DEFAULT_MIN_DISTANCE = 0.1;

  /** Checks the ranges. */
  public DriftPolicy {
    if (!(alpha > 0 && alpha < 1)) {
      throw new IllegalArgumentException("alpha must be between 0 and 1 but was " + alpha);
    }
    if (!(minDistance >= 0 && minDistance <= 1)) {
      throw new IllegalArgumentException("minDistance must be from 0 to 1 but was " + minDistance);
    }
  }

  /** Returns the policy with the defaults. */
  public static DriftPolicy defaults() {
    return new DriftPolicy(DEFAULT_ALPHA, DEFAULT_MIN_DISTANCE);
  }
}
