package dev.mlstack.core.feature;

import dev.mlstack.core.math.StableMath;
import dev.mlstack.feature.FittedTransform;
import dev.mlstack.store.Value;
import dev.mlstack.store.VersionedName;

/**
 * Bends numbers above 0 so that they come to lie more like a normal distribution (G. Box and D.
 * Cox, "An analysis of transformations", Journal of the Royal Statistical Society B 26, 1964):
 * {@code (x^lambda - 1) / lambda}, or the logarithm where lambda is 0. Below 0 there is no value,
 * and it is missing.
 *
 * @param lambda the power; finite
 */
public record BoxCox(double lambda) implements FittedTransform.NumberToNumber {

  /** The name of this step. */
  public static final VersionedName OPERATION = new VersionedName("box-cox", 1);

  private static final String LAMBDA = "lambda";

  /** Checks the power. */
  public BoxCox {
    Parameters.requireFinite(LAMBDA, lambda);
  }

  static BoxCox load(Value.Doc parameters) {
    return new BoxCox(parameters.real(LAMBDA));
  }

  /** Returns {@code (y^lambda - 1) / lambda} for the logarithm of {@code y}. */
  static double ofLog(double log, double lambda) {
    return lambda == 0 ? log : StableMath.expm1(lambda * log) / lambda;
  }

  @Override
  public VersionedName operation() {
    return OPERATION;
  }

  @Override
  public Value.Doc parameters() {
    return Value.doc().put(LAMBDA, lambda).build();
  }

  @Override
  public double apply(double value) {
    return ofLog(StableMath.log(value), lambda);
  }
}
