package dev.mlstack.core.feature;

import dev.mlstack.feature.FittedTransform;
import dev.mlstack.store.Value;
import dev.mlstack.store.VersionedName;

/**
 * Brings numbers outside of a range to its nearest end. What is missing stays so.
 *
 * @param low the least number that stays as it is; finite
 * @param high the greatest number that stays as it is; finite, at least {@code low}
 */
public record Clip(double low, double high) implements FittedTransform.NumberToNumber {

  /** The name of this step. */
  public static final VersionedName OPERATION = new VersionedName("clip", 1);

  private static final String LOW = "low";
  private static final String HIGH = "high";

  /** Checks the range. */
  public Clip {
    Parameters.requireFinite(LOW, low);
    Parameters.requireFinite(HIGH, high);
    if (high < low) {
      throw new IllegalArgumentException("high must be at least " + low + " but was " + high);
    }
  }

  static Clip load(Value.Doc parameters) {
    return new Clip(parameters.real(LOW), parameters.real(HIGH));
  }

  @Override
  public VersionedName operation() {
    return OPERATION;
  }

  @Override
  public Value.Doc parameters() {
    return Value.doc().put(LOW, low).put(HIGH, high).build();
  }

  @Override
  public double apply(double value) {
    return value < low ? low : value > high ? high : value;
  }
}
