package dev.mlstack.data.transform;

import dev.mlstack.core.feature.ImputeNumber;
import dev.mlstack.feature.FittedTransform;
import dev.mlstack.feature.Transform;
import dev.mlstack.feature.ValueBlock;
import dev.mlstack.feature.ValueKind;
import dev.mlstack.store.Value;
import dev.mlstack.store.VersionedName;

/**
 * Puts a constant where a value is missing. There is nothing to learn.
 *
 * @param fitted the step as it will be
 */
record ConstantImputation(FittedTransform fitted) implements Transform {

  @Override
  public VersionedName operation() {
    return fitted.operation();
  }

  @Override
  public Value.Doc parameters() {
    return fitted.parameters();
  }

  @Override
  public Fit<?, ?> fit(ValueKind kind) {
    Kinds.require(fitted instanceof ImputeNumber ? ValueKind.NUMBER : ValueKind.TEXT, kind);
    return new Known(fitted);
  }

  /** A fit without rounds. */
  private record Known(FittedTransform fitted) implements Fit<FittedTransform, FittedTransform> {
    @Override
    public FittedTransform start() {
      return fitted;
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
