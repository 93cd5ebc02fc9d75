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
  static StepFit start(Transform step, ValueKind kind, long seed) {
    Transform.Fit<Object, Object> fit = (Transform.Fit<Object, Object>) step.fit(kind, seed);
    return new StepFit(fit, kind, fit.start());
  }

  boolean done() {
    return fit.done(state);
  }

  FittedTransform result() {
    return fit.result(state);
  }

  boolean takesEncodedTexts() {
    return fit.takesEncodedTexts();
  }

  /** Returns what some values and those before them contribute to the round. */
  StepPart add(StepPart sum, ValueBlock block) {
    return new StepPart(fit, fit.add(state, sum.value(), block));
  }

  /** Returns what no values contribute to the round. */
  StepPart nothing(boolean labelled) {
    ValueBlock none =
        kind == ValueKind.NUMBER
            ? new ValueBlock.Numbers(new double[0], 0)
            : new ValueBlock.Texts(new String[0], 0);
    ValueBlock block = labelled ? new ValueBlock.Labelled(none, new double[0], new long[0]) : none;
    return new StepPart(fit, fit.partial(state, block));
  }

  /** Returns the step after the round to which all values have contributed {@code total}. */
  StepFit next(StepPart total) {
    return new StepFit(fit, kind, fit.update(state, total.value()));
  }
}
