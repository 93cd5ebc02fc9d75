package dev.mlstack.core.feature;

import dev.mlstack.feature.FittedTransform;
import dev.mlstack.store.Value;
import dev.mlstack.store.VersionedName;

/**
 * Subtracts a center and divides by a scale, both of which a few extreme numbers do not move: the
 * median and the distance between two quantiles. What is missing stays so.
 *
 * @param center what becomes 0; finite
 * @param scale what becomes a distance of 1; finite, above 0
 */
public record Robust(double center, double scale) implements FittedTransform.NumberToNumber {

  /** The name of this step. */
  public static final VersionedName OPERATION = new VersionedName("robust", 1);

  private static final String CENTER = "center";
  private static final String SCALE = "scale";

  /** Checks the numbers. */
  public Robust {
    Parameters.requireFinite(CENTER, center);
    Parameters.requireFinite(SCALE, scale);
    if (scale <= 0) {
      throw new IllegalArgumentException("scale must be above 0 but was " + scale);
    }
  }

  static Robust load(Value.Doc parameters) {
    return new Robust(parameters.real(CENTER), parameters.real(SCALE));
  }

  @Override
  public VersionedName operation() {
    return OPERATION;
  }

  @Override
  public Value.Doc parameters() {
    return Value.doc().put(CENTER, center).put(SCALE, scale).build();
  }

  @Override
  public double apply(double value) {
    return (value - center) / scale;
  }
}
