package dev.mlstack.model;

/**
 * The answer of a regression.
 *
 * @param value the predicted number, in the unit of the label
 */
public record Regression(double value) {

  /** Returns the number. */
  @Override
  public String toString() {
    return Double.toString(value);
  }
}
