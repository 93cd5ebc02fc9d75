package dev.mlstack.train.linear;

import dev.mlstack.core.math.StableMath;
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
import java.util.List;
import java.util.Set;

/**
 * Logistic regression for two classes, and its generalisation to more, softmax regression.
 *
 * <p>Minimises the sum over all examples of weight times logarithmic loss, plus {@code l2/2} times
 * the sum of all squared weights of features. Intercepts are not penalised. With the default
 * penalty of 1 this is what scikit-learn minimises by default ({@code C = 1 / l2}). The features
 * need not be standardised for the sake of the algorithm, but the penalty weighs heavier on those
 * with small numbers.
 *
 * <p>A class without examples gets the probability 0; two classes at least must have some.
 *
 * <p>One unit of training is one evaluation of the objective. The same examples give a model with
 * the same bits on any number of threads. Nothing is drawn at random. Immutable.
 */
public final class Logistic implements Trainer {

  /** The operation and the version of its arithmetic. */
  public static final VersionedName OPERATION = new VersionedName("logistic", 1);

  /** The default penalty: 1. */
  public static final double DEFAULT_L2 = 1;

  /** The default limit of rounds: 1,000. */
  public static final long DEFAULT_MAX_ROUNDS = 1000;

  /** The default part of the gradient at the start that ends the training: 10<sup>-6</sup>. */
  public static final double DEFAULT_TOLERANCE = 1e-6;

  private static final String NAME = "logistic regression";
  private static final Logistic DEFAULTS =
      new Logistic(new LinearSettings(DEFAULT_L2, DEFAULT_MAX_ROUNDS, DEFAULT_TOLERANCE));

  private final LinearSettings settings;

  private Logistic(LinearSettings settings) {
    this.settings = settings;
  }

  /** Returns logistic regression with all parameters at their defaults. */
  public static Logistic defaults() {
    return DEFAULTS;
  }

  /**
   * Returns this with another penalty.
   *
   * @param l2 half of it times the sum of all squared weights is added to the loss; finite, not
   *     negative
   */
  public Logistic withL2(double l2) {
    return new Logistic(settings.withL2(l2));
  }

  /**
   * Returns this with another limit.
   *
   * @param maxRounds after so many rounds training ends in any case; 1 or more
   */
  public Logistic withMaxRounds(long maxRounds) {
    return new Logistic(settings.withMaxRounds(maxRounds));
  }

  /**
   * Returns this with another tolerance.
   *
   * @param tolerance training ends when the norm of the gradient has fallen to this part of what it
   *     was at the start; from 0 (inclusive: as far as doubles allow) to 1 (exclusive)
   */
  public Logistic withTolerance(double tolerance) {
    return new Logistic(settings.withTolerance(tolerance));
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
   * @throws IllegalArgumentException if anything else than one column of classes is to be
   *     predicted, there are no examples, they have no weight or only one class, a feature is a
   *     code, or the device is not the CPU
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
    Output.Classes classes = classes(signature);
    return LinearTraining.prepare(
        context,
        NAME,
        settings,
        LinearModel.units(signature),
        moments -> loss(classes, moments.classWeights()));
  }

  private static Output.Classes classes(Signature signature) {
    List<Output> outputs = signature.outputs();
    if (outputs.size() == 1 && outputs.get(0) instanceof Output.Classes classes) {
      return classes;
    }
    throw new IllegalArgumentException(
        NAME
            + " predicts one column of classes but the label is "
            + outputs
            + "; use LeastSquares for numbers, and one model for each column of classes");
  }

  private static Loss loss(Output.Classes classes, double[] weights) {
    int[] present = SoftmaxLoss.classesWithExamples(weights);
    if (present.length == 1) {
      throw new IllegalArgumentException(
          "all examples are of the class '"
              + classes.classes().get(present[0])
              + "' of '"
              + classes.column()
              + "', and "
              + NAME
              + " needs two at least: add examples of another, or use Baseline.prior()");
    }
    return classes.width() == 2
        ? new LogisticLoss(StableMath.log(weights[1]) - StableMath.log(weights[0]))
        : new SoftmaxLoss(weights);
  }

  @Override
  public boolean equals(Object object) {
    return object instanceof Logistic other && settings.equals(other.settings);
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
