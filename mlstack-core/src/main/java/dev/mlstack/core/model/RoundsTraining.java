package dev.mlstack.core.model;

import dev.mlstack.compute.Progress;
import dev.mlstack.core.compute.LocalRounds;
import dev.mlstack.model.Budget;
import dev.mlstack.model.Examples;
import dev.mlstack.model.Model;
import dev.mlstack.model.Trainer;
import dev.mlstack.model.Training;
import dev.mlstack.model.TrainingContext;
import dev.mlstack.store.Digest;
import dev.mlstack.store.ObjectSink;
import dev.mlstack.store.ObjectSource;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * A training that is driven by rounds: one unit is one round.
 *
 * <p>Gives the same bits on any number of threads, because rounds do. With validation examples, the
 * measures after each round include their {@linkplain ValidationLoss loss} as {@code
 * validation-loss}. Owns nothing but memory on the Java heap.
 *
 * @param <S> the state after each round
 * @param <P> what blocks of examples contribute to a round
 */
public final class RoundsTraining<S, P> implements Training {

  private final Trainer trainer;
  private final TrainingContext context;
  private final RoundsLearner<S, P> learner;
  private final Pace pace;
  private S state;
  private Progress progress;
  private boolean closed;

  private RoundsTraining(
      Trainer trainer, TrainingContext context, RoundsLearner<S, P> learner, S state) {
    this.trainer = trainer;
    this.context = context;
    this.learner = learner;
    this.pace = new Pace(context.execution());
    this.state = state;
    this.progress = progressAt(state);
  }

  /**
   * Starts a training.
   *
   * @param trainer the trainer that starts it
   * @param context what it was given
   * @param learner what runs in it
   * @throws IllegalArgumentException if there are no examples, or the validation examples are of
   *     another kind
   */
  public static <S, P> RoundsTraining<S, P> start(
      Trainer trainer, TrainingContext context, RoundsLearner<S, P> learner) {
    requireExamples(context);
    return new RoundsTraining<>(trainer, context, learner, learner.start());
  }

  /**
   * Goes on from a checkpoint.
   *
   * @throws IllegalArgumentException if the checkpoint is of another training; the message names
   *     the first difference
   * @throws dev.mlstack.store.StoreException if the checkpoint is not there, damaged or malformed
   */
  public static <S, P> RoundsTraining<S, P> resume(
      Trainer trainer,
      TrainingContext context,
      RoundsLearner<S, P> learner,
      ObjectSource source,
      Digest checkpoint) {
    requireExamples(context);
    Digest written = Checkpoint.read(source, checkpoint, trainer, context);
    return new RoundsTraining<>(trainer, context, learner, learner.read(source, written));
  }

  /**
   * Checks that there is something to learn from.
   *
   * @throws IllegalArgumentException if there are no examples, or the validation examples are of
   *     another kind
   */
  public static void requireExamples(TrainingContext context) {
    if (context.train().rows() == 0) {
      throw new IllegalArgumentException(
          "there must be examples to train on but there is none; look at the filter or the split"
              + " that they come from");
    }
    context.validation().ifPresent(validation -> requireSameKind(context.train(), validation));
  }

  private static void requireSameKind(Examples train, Examples validation) {
    if (!validation.signature().equals(train.signature())) {
      throw new IllegalArgumentException(
          "the validation examples must have the signature of the training examples, "
              + train.signature()
              + ", but have "
              + validation.signature()
              + "; encode both with the same pipeline and label");
    }
  }

  @Override
  public Progress advance(Budget budget) {
    requireOpen();
    long begun = System.nanoTime();
    for (long units = 0; units < budget.units() && !done(); units++) {
      if (units > 0 && isSpent(budget.time(), begun)) {
        break;
      }
      advance();
      pace.report(progress, done());
    }
    return progress;
  }

  private static boolean isSpent(Duration time, long begun) {
    return Duration.ofNanos(System.nanoTime() - begun).compareTo(time) >= 0;
  }

  private void advance() {
    Examples train = context.train();
    S next = LocalRounds.next(learner, state, train.blocks(), train::block, context.execution());
    progress = progressAt(next);
    state = next;
  }

  private Progress progressAt(S newState) {
    Map<String, Double> measures = new TreeMap<>(learner.measures(newState));
    context
        .validation()
        .filter(validation -> validation.rows() > 0)
        .ifPresent(validation -> measures.put("validation-loss", loss(newState, validation)));
    return Progress.of(
        "train " + trainer.operation(), learner.rounds(newState), learner.mostRounds(), measures);
  }

  private double loss(S newState, Examples validation) {
    try (Model model = learner.model(newState)) {
      return ValidationLoss.of(model, validation, context.execution());
    }
  }

  @Override
  public Progress progress() {
    return progress;
  }

  @Override
  public boolean done() {
    return learner.done(state);
  }

  @Override
  public Digest checkpoint(ObjectSink sink) {
    requireOpen();
    return Checkpoint.write(sink, trainer, context, learner.write(state, sink));
  }

  @Override
  public Model model() {
    requireOpen();
    return learner.model(state);
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the training is closed; start or resume another one");
    }
  }

  @Override
  public void close() {
    closed = true;
  }
}
