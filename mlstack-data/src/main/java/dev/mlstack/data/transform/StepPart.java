package dev.mlstack.data.transform;

import dev.mlstack.feature.Transform;

/**
 * What some rows contribute to a round of a step.
 *
 * @param fit how the step is fitted
 * @param value the contribution
 */
record StepPart(Transform.Fit<Object, Object> fit, Object value) {

  /** Returns the contribution of the rows of both; this one is used up. */
  StepPart merge(StepPart other) {
    return new StepPart(fit, fit.merge(value, other.value));
  }
}
