package dev.mlstack.core.feature;

import dev.mlstack.core.math.StableMath;
import dev.mlstack.feature.FittedTransform;
import dev.mlstack.store.Value;
import dev.mlstack.store.VersionedName;

/** Takes the natural logarithm of 1 plus a number; below -1 there is none, and it is missing. */
public record Log1p() implements FittedTransform.NumberToNumber {

  /** The name of this step. */
  public static final VersionedName OPERATION = new VersionedName("log1p", 1);

  @Override
  public VersionedName operation() {
    return OPERATION;
  }

  @Override
  public Value.Doc parameters() {
    return Value.Doc.EMPTY;
  }

  @Override
  public double apply(double value) {
    return StableMath.log1p(value);
  }
}
