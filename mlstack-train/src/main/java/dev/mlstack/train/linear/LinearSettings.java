package dev.mlstack.train.linear;

import dev.mlstack.store.Value;
import java.util.Set;

/**
 * What every linear learner is told.
 *
 * @param l2 the penalty: half of it times the sum of all squared weights is added to the loss;
 *     finite, not negative
 * @param maxRounds after so many rounds training ends in any case; 1 or more
 * @param tolerance training ends when the norm of the gradient has fallen to this part of what it
 *     was at the start; from 0 (inclusive) to 1 (exclusive)
 */
record LinearSettings(double l2, long maxRounds, double tolerance) {

  private static final String L2 = "l2";
  private static final String MAX_ROUNDS = "max-rounds";
  private static final String TOLERANCE = "tolerance";

  /** The parameters that may change when a training is resumed. */
  static final Set<String> CHANGEABLE = Set.of(MAX_ROUNDS, TOLERANCE);

  LinearSettings {
    if (!(l2 >= 0 && l2 < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("l2 must be finite and not negative but was " + l2);
    }
    if (maxRounds < 1) {
      throw new IllegalArgumentException("maxRounds must be at least 1 but was " + maxRounds);
    }
    if (!(tolerance >= 0 && tolerance < 1)) {
      throw new IllegalArgumentException(
          "tolerance must be at least 0 and below 1 but was " + tolerance);
    }
  }

  LinearSettings withL2(double newL2) {
    return new LinearSettings(newL2, maxRounds, tolerance);
  }

  LinearSettings withMaxRounds(long newMaxRounds) {
    return new LinearSettings(l2, newMaxRounds, tolerance);
  }

  LinearSettings withTolerance(double newTolerance) {
    return new LinearSettings(l2, maxRounds, newTolerance);
  }

  Value.Doc toValue() {
    return Value.doc().put(L2, l2).put(MAX_ROUNDS, maxRounds).put(TOLERANCE, tolerance).build();
  }
}
