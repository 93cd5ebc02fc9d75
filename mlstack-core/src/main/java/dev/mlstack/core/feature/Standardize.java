package dev.mlstack.core.feature;

import dev.mlstack.feature.FittedTransform;
import dev.mlstack.store.Value;
import dev.mlstack.store.VersionedName;

/**
 * Subtracts a mean and divides by a standard deviation. What is missing stays so.
 *
 * @param mean what becomes 0; finite
 * @param deviation what becomes a distance of 1; finite, above 0
 */
public record Standardize(double mean, double deviation) implements FittedTransform.NumberToNumber {

  /** The name of this step. */
  public static final VersionedName OPERATION = new VersionedName("standardize", 1);

  private static final String MEAN = "mean";
  private static final String DEVIATION = "deviation";

  /** Checks the numbers. */
  public Standardize {
    Parameters.requireFinite(MEAN, mean);
    Parameters.requireFinite(DEVIATION, deviation);
    if (deviation <= 0) {
      throw new IllegalArgumentException("deviation must be above 0 but was " + deviation);
    }
  }

  static Standardize load(Value.Doc parameters) {
    return new Standardize(parameters.real(MEAN), parameters.real(DEVIATION));
  }

  @Override
  public VersionedName operation() {
    return OPERATION;
  }

  @Override
  public Value.Doc parameters() {
    return Value.doc().put(MEAN, mean).put(DEVIATION, deviation).build();
  }

  @Override
  public double apply(double value) {
    return (value - mean) / deviation;
  }
}
