package dev.mlstack.core.feature;

import dev.mlstack.core.math.StableMath;
import dev.mlstack.feature.FittedTransform;
import dev.mlstack.store.Value;
import dev.mlstack.store.VersionedName;

/**
 * Bends numbers of either sign so that they come to lie more like a normal distribution (I. Yeo and
 * R. Johnson, "A new family of power transformations to improve normality or symmetry", Biometrika
 * 87, 2000): {@code ((x + 1)^lambda - 1) / lambda} for {@code x >= 0}, and {@code -((1 - x)^(2 -
 * lambda) - 1) / (2 - lambda)} below; logarithms where the divisor is 0. What is missing stays so.
 *
 * @param lambda the power; finite; 1 leaves numbers as they are
 */
public record YeoJohnson(double lambda) implements FittedTransform.NumberToNumber {

  /** The name of this step. */
  public static final VersionedName OPERATION = new VersionedName("yeo-johnson", 1);

  private static final String LAMBDA = "lambda";

  /** Checks the power. */
  public YeoJohnson {
    Parameters.requireFinite(LAMBDA, lambda);
  }

  static YeoJohnson load(Value.Doc parameters) {
    return new YeoJohnson(parameters.real(LAMBDA));
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
    return value >= 0
        ? BoxCox.ofLog(StableMath.log1p(value), lambda)
        : -BoxCox.ofLog(StableMath.log1p(-value), 2 - lambda);
  }
}
