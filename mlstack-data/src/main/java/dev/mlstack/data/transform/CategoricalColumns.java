package dev.mlstack.data.transform;

import dev.mlstack.core.feature.ImputeText;
import dev.mlstack.feature.FittedTransform;
import dev.mlstack.feature.Transform;
import dev.mlstack.store.Value;
import java.util.List;

/**
 * The beginning of a plan for columns that are read as texts. It becomes complete with the step
 * that makes numbers of them.
 */
public final class CategoricalColumns {

  /** How many categories a column has at most where nothing else is said: 64. */
  public static final int DEFAULT_LIMIT = 64;

  private final Part part;

  CategoricalColumns(Part part) {
    this.part = part;
  }

  /**
   * Adds a step that puts a text where one is missing.
   *
   * @param text what to put
   */
  public CategoricalColumns impute(String text) {
    return then(new ImputeText(Value.of(text).asText()));
  }

  /**
   * Adds a step that puts a statistic of the column where a text is missing.
   *
   * @param by {@link Impute#MOST_FREQUENT}, as texts have no other
   */
  public CategoricalColumns impute(Impute by) {
    if (by != Impute.MOST_FREQUENT) {
      throw new IllegalArgumentException(
          "by must be MOST_FREQUENT for columns that are read as texts but was " + by);
    }
    return then(new Imputation(by));
  }

  /** Adds a step that learns from data and makes texts of texts. */
  public CategoricalColumns then(Transform step) {
    return new CategoricalColumns(part.then(step));
  }

  /** Adds a step that makes texts of texts. */
  public CategoricalColumns then(FittedTransform.TextToText step) {
    return then(new FixedStep(step));
  }

  /** Completes the plan as {@link #oneHot(int)} does, with {@value #DEFAULT_LIMIT} categories. */
  public Features oneHot() {
    return oneHot(DEFAULT_LIMIT);
  }

  /**
   * Completes the plan with an indicator for each category: {@code color=red} is 1 where the color
   * is red, and else 0.
   *
   * <p>If more than {@code limit} texts occur in training, the most frequent are categories (of
   * equally frequent ones those that come first in the order of {@link String#compareTo}), and all
   * others share the indicator {@code color=(other)}. If texts are missing in training, that has
   * the indicator {@code color=(missing)}. A text that was not seen in training counts as other, or
   * sets no indicator if there is none for others; so does a missing one if none was missing then.
   *
   * @param limit how many categories there are at most, 1 or more
   */
  public Features oneHot(int limit) {
    return toIndicators(new OneHotEncoding(limit));
  }

  /** Completes the plan with a step that learns from data and makes a number of each text. */
  public NumericFeatures toNumbers(Transform step) {
    return new NumericFeatures(part.then(step));
  }

  /** Completes the plan with a step that makes a number of each text. */
  public NumericFeatures toNumbers(FittedTransform.TextToNumber step) {
    return toNumbers(new FixedStep(step));
  }

  /** Completes the plan with a step that learns from data and makes indicators of each text. */
  public Features toIndicators(Transform step) {
    return new CombinedFeatures(List.of(part.then(step)));
  }

  /** Completes the plan with a step that makes indicators of each text. */
  public Features toIndicators(FittedTransform.TextToIndicators step) {
    return toIndicators(new FixedStep(step));
  }

  /**
   * Returns this plan without some columns.
   *
   * @param columns their names; they must be in the data, and not be named by this plan
   */
  public CategoricalColumns except(String... columns) {
    return new CategoricalColumns(part.except(columns));
  }
}
