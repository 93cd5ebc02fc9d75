package dev.mlstack.core.feature;

import dev.mlstack.feature.FittedTransform;
import dev.mlstack.store.Value;
import dev.mlstack.store.VersionedName;

/**
 * Puts a number where one is missing.
 *
 * @param number what to put; finite
 */
public record ImputeNumber(double number) implements FittedTransform.NumberToNumber {

  /** The name of this step. */
  public static final VersionedName OPERATION = new VersionedName("impute", 1);

  static final String NUMBER = "number";

  /** Checks the number. */
  public ImputeNumber {
    Parameters.requireFinite(NUMBER, number);
  }

  @Override
  public VersionedName operation() {
    return OPERATION;
  }

  @Override
  public Value.Doc parameters() {
    return Value.doc().put(NUMBER, number).build();
  }

  @Override
  public double apply(double value) {
    return Double.isNaN(value) ? number : value;
  }
}
