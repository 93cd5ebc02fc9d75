package dev.mlstack.data.transform;

import dev.mlstack.feature.FittedTransform;
import dev.mlstack.feature.Transform;
import dev.mlstack.feature.ValueBlock;
import dev.mlstack.feature.ValueKind;
import dev.mlstack.store.Value;
import dev.mlstack.store.VersionedName;

/**
 * A step that learns nothing.
 *
 * @param step the step as it will be
 */
record FixedStep(FittedTransform step) implements Transform {

  @Override
  public VersionedName operation() {
    return step.operation();
  }

  @Override
  public Value.Doc parameters() {
    return step.parameters();
  }

  @Override
  public Fit<?, ?> fit(ValueKind kind) {
    Kinds.require(step.takes(), kind);
    return new NoRounds(step);
  }

  /** A fit without rounds. */
  private record NoRounds(FittedTransform step) implements Fit<FittedTransform, FittedTransform> {
    @Override
    public FittedTransform start() {
      return step;
    }

    @Override
    public boolean done(FittedTransform state) {
      return true;
    }

    @Override
    public FittedTransform partial(FittedTransform state, ValueBlock block) {
      return state;
    }

    @Override
    public FittedTransform merge(FittedTransform left, FittedTransform right) {
      return left;
    }

    @Override
    public FittedTransform update(FittedTransform state, FittedTransform total) {
      return state;
    }

    @Override
    public FittedTransform result(FittedTransform state) {
      return state;
    }
  }
}
