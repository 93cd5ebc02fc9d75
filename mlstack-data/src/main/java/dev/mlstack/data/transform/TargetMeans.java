package dev.mlstack.data.transform;

import dev.mlstack.core.feature.TargetMean;
import dev.mlstack.feature.Transform;
import dev.mlstack.feature.ValueKind;
import dev.mlstack.store.Value;
import dev.mlstack.store.VersionedName;
import java.util.Optional;

/**
 * A plan to make of a text the mean of what is to be predicted over the rows that have it.
 * Immutable.
 *
 * <pre>{@code
 * Features.categorical("sku").targetMean(TargetMeans.of("price"))
 * Features.categorical("country").targetMean(TargetMeans.of("defaulted").smoothing(50).folds(10))
 * }</pre>
 *
 * <p>A row that is trained on is encoded by the means over the rows of other folds, so that its own
 * label has no part in its features. There is no plan without folds: a model that saw them would
 * look good in training and fail afterwards.
 */
public final class TargetMeans {

  /** How many folds there are where nothing else is said: 5. */
  public static final int DEFAULT_FOLDS = 5;

  /** How many rows the mean of all rows counts for where nothing else is said: 10. */
  public static final double DEFAULT_SMOOTHING = 10;

  /** The largest number of folds: 100. */
  public static final int MAX_FOLDS = 100;

  private final Transform.Target target;
  private final int folds;
  private final double smoothing;

  private TargetMeans(Transform.Target target, int folds, double smoothing) {
    this.target = target;
    this.folds = folds;
    this.smoothing = smoothing;
  }

  /**
   * Returns a plan with {@value #DEFAULT_FOLDS} folds.
   *
   * @param target the column that is to be predicted; of type bool, int or real
   */
  public static TargetMeans of(String target) {
    return new TargetMeans(
        new Transform.Target(target, Optional.empty()), DEFAULT_FOLDS, DEFAULT_SMOOTHING);
  }

  /**
   * Returns a plan with {@value #DEFAULT_FOLDS} folds for how often a class occurs.
   *
   * @param target the column that is to be predicted; of type text or category
   * @param positive the class whose share is taken
   */
  public static TargetMeans of(String target, String positive) {
    return new TargetMeans(
        new Transform.Target(target, Optional.of(positive)), DEFAULT_FOLDS, DEFAULT_SMOOTHING);
  }

  /**
   * Returns this plan with another number of folds.
   *
   * @param newFolds from 2 to {@value #MAX_FOLDS}
   */
  public TargetMeans folds(int newFolds) {
    if (newFolds < 2 || newFolds > MAX_FOLDS) {
      throw new IllegalArgumentException(
          "folds must be from 2 to "
              + MAX_FOLDS
              + " but was "
              + newFolds
              + "; without folds a row would see its own label");
    }
    return new TargetMeans(target, newFolds, smoothing);
  }

  /**
   * Returns this plan with another smoothing.
   *
   * @param newSmoothing how many rows the mean of all rows counts for in each mean, at least 0
   */
  public TargetMeans smoothing(double newSmoothing) {
    if (!(newSmoothing >= 0 && newSmoothing <= Double.MAX_VALUE)) {
      throw new IllegalArgumentException(
          "smoothing must be at least 0 and finite but was " + newSmoothing);
    }
    return new TargetMeans(target, folds, newSmoothing);
  }

  Transform step() {
    return new Step(target, folds, smoothing);
  }

  /** The step of a plan. */
  private record Step(Transform.Target of, int folds, double smoothing) implements Transform {
    @Override
    public VersionedName operation() {
      return TargetMean.OPERATION;
    }

    @Override
    public Value.Doc parameters() {
      Value.Doc.Builder document =
          Value.doc().put("target", of.column()).put("folds", folds).put("smoothing", smoothing);
      of.positive().ifPresent(positive -> document.put("positive", positive));
      return document.build();
    }

    @Override
    public Optional<Transform.Target> target() {
      return Optional.of(of);
    }

    @Override
    public Fit<?, ?> fit(ValueKind kind) {
      return fit(kind, 0);
    }

    @Override
    public Fit<?, ?> fit(ValueKind kind, long seed) {
      Kinds.require(ValueKind.TEXT, kind);
      return new TargetMeanFit(seed, folds, smoothing);
    }
  }
}
