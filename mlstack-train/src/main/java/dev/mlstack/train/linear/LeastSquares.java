package dev.mlstack.train.linear;

import dev.mlstack.core.model.LinearModel;
import dev.mlstack.core.model.RoundsTraining;
import dev.mlstack.model.Output;
import dev.mlstack.model.Signature;
import dev.mlstack.model.Trainer;
import dev.mlstack.model.Training;
import dev.mlstack.model.TrainingContext;
import dev.mlstack.store.Digest;
import dev.mlstack.store.ObjectSource;
import dev.mlstack.store.Value;
import dev.mlstack.store.VersionedName;
import java.util.Set;

/**
 * Linear least squares with a penalty, known as ridge regression, for one or several numbers.
 *
 * <p>Minimises the sum over all examples of weight times half of the squared error, plus {@code
 * l2/2} times the sum of all squared weights of features. Intercepts are not penalised. This is
 * what the ridge regression of scikit-learn minimises with {@code alpha = l2}. The features need
 * not be standardised for the sake of the algorithm, but the penalty weighs heavier on those with
 * small numbers.
 *
 * <p>One unit of training is one evaluation of the objective. The same examples give a model with
 * the same bits on any number of threads. Nothing is drawn at random. Immutable.
 */
public final class LeastSquares implements Trainer {

  /** The operation and the version of its arithmetic. */
  public static final VersionedName OPERATION = new VersionedName("least-squares", 1);

  /** The default penalty: 1. */
  public static final double DEFAULT_L2 = 1;

  /** The default limit of rounds: 1,000. */
  public static final long DEFAULT_MAX_ROUNDS = 1000;

  /** The default part of the gradient at the start that ends the training: 10<sup>-6</sup>. */
  public static final double DEFAULT_TOLERANCE = 1e-6;

  private static final String NAME = "least squares";
  private static final LeastSquares DEFAULTS =
      new LeastSquares(new LinearSettings(DEFAULT_L2, DEFAULT_MAX_ROUNDS, DEFAULT_TOLERANCE));

  private final LinearSettings settings;

  private LeastSquares(LinearSettings settings) {
    this.settings = settings;
  }

  /** Returns least squares with all parameters at their defaults. */
  public static LeastSquares defaults() {
    return DEFAULTS;
  }

  /**
   * Returns this with another penalty.
   *
   * @param l2 half of it times the sum of all squared weights is added to the loss; finite, not
   *     negative
   */
  public LeastSquares withL2(double l2) {
    return new LeastSquares(settings.withL2(l2));
  }

  /**
   * Returns this with another limit.
   *
   * @param maxRounds after so many rounds training ends in any case; 1 or more
   */
  public LeastSquares withMaxRounds(long maxRounds) {
    return new LeastSquares(settings.withMaxRounds(maxRounds));
  }

  /**
   * Returns this with another tolerance.
   *
   * @param tolerance training ends when the norm of the gradient has fallen to this part of what it
   *     was at the start; from 0 (inclusive: as far as doubles allow) to 1 (exclusive)
   */
  public LeastSquares withTolerance(double tolerance) {
    return new LeastSquares(settings.withTolerance(tolerance));
  }

  @Override
  public VersionedName operation() {
    return OPERATION;
  }

  @Override
  public Value.Doc parameters() {
    return settings.toValue();
  }

  /** Returns {@code max-rounds} and {@code tolerance}. */
  @Override
  public Set<String> changeable() {
    return LinearSettings.CHANGEABLE;
  }

  /**
   * Starts a training.
   *
   * @throws IllegalArgumentException if classes are to be predicted, there are no examples, they
   *     have no weight, a feature is a code, or the device is not the CPU
   * @throws dev.mlstack.table.DataException if a feature is missing or infinite
   */
  @Override
  public Training start(TrainingContext context) {
    return RoundsTraining.start(this, context, prepare(context));
  }

  @Override
  public Training resume(TrainingContext context, ObjectSource source, Digest checkpoint) {
    return RoundsTraining.resume(this, context, prepare(context), source, checkpoint);
  }

  private Descent prepare(TrainingContext context) {
    Signature signature = context.train().signature();
    if (signature.outputs().stream().anyMatch(output -> output instanceof Output.Classes)) {
      throw new IllegalArgumentException(
          NAME
              + " predicts numbers but the label is "
              + signature.outputs()
              + "; use Logistic for classes");
    }
    return LinearTraining.prepare(
        context,
        NAME,
        settings,
        LinearModel.units(signature),
        moments -> new SquaredLoss(moments.labelMeans()));
  }

  @Override
  public boolean equals(Object object) {
    return object instanceof LeastSquares other && settings.equals(other.settings);
  }

  @Override
  public int hashCode() {
    return settings.hashCode();
  }

  /** Returns the operation and its parameters. */
  @Override
  public String toString() {
    return OPERATION + " " + parameters().canonicalJson();
  }
}
