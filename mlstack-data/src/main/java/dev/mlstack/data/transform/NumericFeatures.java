package dev.mlstack.data.transform;

import dev.mlstack.core.feature.ImputeNumber;
import dev.mlstack.feature.FittedTransform;
import dev.mlstack.feature.Transform;
import java.util.List;

/**
 * A plan for columns that are read as numbers: complete as it is, and open for more steps. Where
 * nothing is imputed, a missing number stays NaN.
 */
public final class NumericFeatures extends Features {

  private final Part part;

  NumericFeatures(Part part) {
    this.part = part;
  }

  /** Adds a step that puts a statistic of the column where a number is missing. */
  public NumericFeatures impute(Impute by) {
    return then(new Imputation(by));
  }

  /**
   * Adds a step that puts a number where one is missing.
   *
   * @param number what to put; finite
   */
  public NumericFeatures impute(double number) {
    return then(new ImputeNumber(number));
  }

  /**
   * Adds a step that subtracts the mean and divides by the standard deviation, that of the
   * population: the root of the mean of the squared distances from the mean. Both are of the finite
   * numbers. A column whose numbers are all equal becomes 0.
   */
  public NumericFeatures standardize() {
    return then(new Standardization());
  }

  /**
   * Adds a step that maps the smallest finite number to 0 and the largest to 1. What lies outside
   * of them later comes to lie below 0 or above 1. A column whose numbers are all equal becomes 0.
   */
  public NumericFeatures minMax() {
    return then(new MinMaxScaling());
  }

  /** Adds a step that learns from data and makes numbers of numbers. */
  public NumericFeatures then(Transform step) {
    return new NumericFeatures(part.then(step));
  }

  /** Adds a step that makes numbers of numbers. */
  public NumericFeatures then(FittedTransform.NumberToNumber step) {
    return then(new FixedStep(step));
  }

  /** Adds a step that learns from data and makes texts of numbers, such as names of intervals. */
  public CategoricalColumns toTexts(Transform step) {
    return new CategoricalColumns(part.then(step));
  }

  /** Adds a step that makes texts of numbers, such as names of intervals. */
  public CategoricalColumns toTexts(FittedTransform.NumberToText step) {
    return toTexts(new FixedStep(step));
  }

  @Override
  public NumericFeatures except(String... columns) {
    return new NumericFeatures(part.except(columns));
  }

  @Override
  List<Part> parts() {
    return List.of(part);
  }
}
