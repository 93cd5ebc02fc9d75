package dev.mlstack.data.transform;

import dev.mlstack.core.feature.HashCode;
import dev.mlstack.core.feature.HashVector;
import dev.mlstack.core.feature.ImputeText;
import dev.mlstack.core.feature.Ordinal;
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

  /**
   * Completes the plan with a code for each text, such as the index into an embedding: its index
   * among those of training in the order of {@link String#compareTo}. All others share the code
   * behind those, and missing ones have the last.
   */
  public Features codes() {
    return codes(Ordinal.MAX_CATEGORIES);
  }

  /**
   * Completes the plan as {@link #codes()} does, with a code of their own for the most frequent
   * texts only.
   *
   * @param limit how many texts have a code of their own at most, 1 or more
   */
  public Features codes(int limit) {
    return toCodes(new OrdinalEncoding(limit));
  }

  /**
   * Completes the plan with a code for each text: the bucket that its hash falls into. A missing
   * one has the last code. Nothing is learned.
   *
   * @param buckets how many buckets there are, 1 or more
   */
  public Features hashCodes(int buckets) {
    return toCodes(new HashCode(buckets));
  }

  /**
   * Completes the plan with an indicator for each of some buckets, of which that is 1 which the
   * hash of a text falls into. Nothing is learned.
   *
   * @param buckets how many buckets there are, 1 or more
   */
  public Features hash(int buckets) {
    return toVectors(new HashVector(buckets, /* signed= */ false));
  }

  /**
   * Completes the plan as {@link #hash} does, with 1 for half of the texts and -1 for the others,
   * so that those that share a bucket cancel out on average.
   *
   * @param buckets how many buckets there are, 1 or more
   */
  public Features signedHash(int buckets) {
    return toVectors(new HashVector(buckets, /* signed= */ true));
  }

  /**
   * Completes the plan with the share of the texts in training that were equal to each; 0 if none
   * was, and NaN where one is missing.
   */
  public NumericFeatures frequency() {
    return toNumbers(new FrequencyEncoding());
  }

  /**
   * Completes the plan with the mean of what is to be predicted over the rows in training that have
   * each text. Training rows are encoded by the means over the rows of other folds.
   */
  public NumericFeatures targetMean(TargetMeans plan) {
    return toNumbers(plan.step());
  }

  /** Completes the plan with a step that learns from data and makes a code of each text. */
  public Features toCodes(Transform step) {
    return toIndicators(step);
  }

  /** Completes the plan with a step that makes a code of each text. */
  public Features toCodes(FittedTransform.TextToCode step) {
    return toCodes(new FixedStep(step));
  }

  /** Completes the plan with a step that learns from data and makes a vector of each text. */
  public Features toVectors(Transform step) {
    return toIndicators(step);
  }

  /** Completes the plan with a step that makes a vector of each text. */
  public Features toVectors(FittedTransform.TextToVector step) {
    return toVectors(new FixedStep(step));
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
