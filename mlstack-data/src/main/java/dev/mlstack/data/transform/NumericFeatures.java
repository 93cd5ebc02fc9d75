package dev.mlstack.data.transform;

import dev.mlstack.core.feature.Clip;
import dev.mlstack.core.feature.ImputeNumber;
import dev.mlstack.core.feature.Log1p;
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

  /**
   * Adds a step that subtracts the median and divides by the distance between the lower and the
   * upper quartile, which a few extreme numbers do not move. Where that distance is 0, numbers are
   * divided by 1.
   */
  public NumericFeatures robust() {
    return robust(0.25, 0.75);
  }

  /**
   * Adds a step that subtracts the median and divides by the distance between two quantiles.
   *
   * @param low the fraction of numbers below the lower quantile, from 0
   * @param high the fraction of numbers below the upper quantile, above {@code low}, at most 1
   */
  public NumericFeatures robust(double low, double high) {
    return then(new RobustScaling(low, high));
  }

  /** Adds a step that takes the natural logarithm of 1 plus each number; none is below -1. */
  public NumericFeatures log1p() {
    return then(new Log1p());
  }

  /**
   * Adds a step that bends numbers towards a normal distribution ({@link
   * dev.mlstack.core.feature.YeoJohnson}), by the power that is most likely.
   */
  public NumericFeatures yeoJohnson() {
    return then(new PowerScaling(Power.YEO_JOHNSON));
  }

  /**
   * Adds a step that bends numbers above 0 towards a normal distribution ({@link
   * dev.mlstack.core.feature.BoxCox}), by the power that is most likely. Fitting it to others is
   * refused.
   */
  public NumericFeatures boxCox() {
    return then(new PowerScaling(Power.BOX_COX));
  }

  /**
   * Adds a step that brings numbers outside of a range to its nearest end.
   *
   * @param low the least number that stays as it is; finite
   * @param high the greatest number that stays as it is; finite
   */
  public NumericFeatures clip(double low, double high) {
    return then(new Clip(low, high));
  }

  /**
   * Adds a step that brings numbers outside of two quantiles to the nearer of them.
   *
   * @param low the fraction of numbers below the lower quantile, from 0
   * @param high the fraction of numbers below the upper quantile, above {@code low}, at most 1
   */
  public NumericFeatures clipToQuantiles(double low, double high) {
    return then(new QuantileClip(low, high));
  }

  /**
   * Completes the plan with a second feature for each column in which a number is missing in
   * training: {@code age=(missing)} is 1 where the age is missing, and else 0. It looks at the
   * column itself, before all steps.
   */
  public Features flagMissing() {
    return new CombinedFeatures(List.of(part.withMissing()));
  }

  /**
   * Completes the plan with a code for each number: that of its bin, from 0. A missing one has the
   * last code.
   */
  public Features codes(Bins bins) {
    return toCodes(new Binning(bins, Binning.As.CODE));
  }

  /**
   * Completes the plan with an indicator for each bin, such as {@code age=18.0..65.0}. If numbers
   * are missing in training, that has the indicator {@code age=(missing)}.
   */
  public Features oneHot(Bins bins) {
    return toIndicators(new Binning(bins, Binning.As.INDICATORS));
  }

  /** Adds a step that makes of each number the name of its bin, such as {@code 18.0..65.0}. */
  public CategoricalColumns texts(Bins bins) {
    return toTexts(new Binning(bins, Binning.As.TEXT));
  }

  /** Completes the plan with a step that learns from data and makes a code of each number. */
  public Features toCodes(Transform step) {
    return complete(step);
  }

  /** Completes the plan with a step that makes a code of each number. */
  public Features toCodes(FittedTransform.NumberToCode step) {
    return complete(new FixedStep(step));
  }

  /** Completes the plan with a step that learns from data and makes indicators of each number. */
  public Features toIndicators(Transform step) {
    return complete(step);
  }

  /** Completes the plan with a step that makes indicators of each number. */
  public Features toIndicators(FittedTransform.NumberToIndicators step) {
    return complete(new FixedStep(step));
  }

  /** Completes the plan with a step that learns from data and makes a vector of each number. */
  public Features toVectors(Transform step) {
    return complete(step);
  }

  /** Completes the plan with a step that makes a vector of each number. */
  public Features toVectors(FittedTransform.NumberToVector step) {
    return complete(new FixedStep(step));
  }

  private Features complete(Transform step) {
    return new CombinedFeatures(List.of(part.then(step)));
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
