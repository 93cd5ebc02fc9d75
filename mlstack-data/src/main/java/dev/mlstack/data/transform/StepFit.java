package dev.mlstack.data.transform;

import dev.mlstack.feature.FittedTransform;
import dev.mlstack.feature.Transform;
import dev.mlstack.feature.ValueBlock;
import dev.mlstack.feature.ValueKind;

/**
 * A step that is being fitted.
 *
 * @param fit how it is fitted
 * @param kind what reaches the step
 * @param state what is known after the rounds so far
 */
record StepFit(Transform.Fit<Object, Object> fit, ValueKind kind, Object state) {

  // States and parts are only ever handed back to the fit that made them.
  @SuppressWarnings("unchecked")
  static StepFit start(Transform step, ValueKind kind) {
    Transform.Fit<Object, Object> fit = (Transform.Fit<Object, Object>) step.fit(kind);
    return new StepFit(fit, kind, fit.start());
  }

  boolean done() {
    return fit.done(state);
  }

  FittedTransform result() {
    return fit.result(state);
  }

  /** Returns what some values contribute to the round. */
  StepPart partial(ValueBlock block) {
    return new StepPart(fit, fit.partial(state, block));
  }

  /** Returns what no values contribute to the round. */
  StepPart nothing() {
    return partial(
        kind == ValueKind.NUMBER
            ? new ValueBlock.Numbers(new double[0], 0)
            : new ValueBlock.Texts(new String[0], 0));
  }

  /** Returns the step after the round to which all values have contributed {@code total}. */
  StepFit next(StepPart total) {
    return new StepFit(fit, kind, fit.update(state, total.value()));
  }
}
