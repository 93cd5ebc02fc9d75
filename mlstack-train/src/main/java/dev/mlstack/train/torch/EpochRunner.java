package dev.mlstack.train.torch;

import dev.mlstack.compute.Execution;
import dev.mlstack.compute.RandomStream;
import dev.mlstack.compute.Rounds;
import dev.mlstack.model.TrainingContext;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Runs epochs: each takes a state and gives the next one, and leaves the one it was given as it is.
 * So an epoch that is cancelled or diverges never happened.
 *
 * <p>For use by one thread at a time.
 */
final class EpochRunner {

  private final NeuralNetwork trainer;
  private final String task;
  private final NetworkLoss loss;
  private final List<Parameter> parameters;
  private final ExampleRows train;
  private final @Nullable ExampleRows validation;
  private final RandomStream shuffles;
  private final Execution execution;

  /**
   * Creates a runner.
   *
   * @param loss what is to be made small; stays the caller's
   * @param parameters what it depends on
   */
  EpochRunner(
      NeuralNetwork trainer,
      TrainingContext context,
      ExampleRows train,
      @Nullable ExampleRows validation,
      NetworkLoss loss,
      List<Parameter> parameters) {
    this.trainer = trainer;
    this.task = "the training of " + trainer.operation();
    this.loss = loss;
    this.parameters = parameters;
    this.train = train;
    this.validation = validation;
    this.shuffles = RandomStream.of(context.seed(), "shuffle");
    this.execution = context.execution();
  }

  /**
   * Runs one epoch.
   *
   * @throws java.util.concurrent.CancellationException if the execution was cancelled
   * @throws ArithmeticException if the loss or a parameter is no longer finite
   */
  NetworkState next(NetworkState state) {
    float[] numbers = state.parameters().clone();
    AdamW.State moments =
        new AdamW.State(state.mean().clone(), state.squares().clone(), state.steps());
    int epoch = state.epoch() + 1;
    double trainLoss =
        TorchThread.training(trainer.threads(), () -> train(epoch, numbers, moments));
    double validationLoss = TorchThread.scoring(trainer.threads(), () -> validate(epoch, numbers));
    NetworkState next =
        new NetworkState(
            epoch,
            moments.steps(),
            numbers,
            moments.mean(),
            moments.squares(),
            trainLoss,
            validationLoss,
            state.best());
    return trainer.patience() > 0 ? next.withBest() : next;
  }

  /** Makes the steps of an epoch, and returns the mean of the losses before each of them. */
  private double train(int epoch, float[] numbers, AdamW.State moments) {
    AdamW optimizer = trainer.optimizer();
    int[] order = shuffles.child(epoch).permutation(train.size());
    float[] gradients = new float[numbers.length];
    double losses = 0;
    for (int from = 0; from < order.length; from += trainer.batchSize()) {
      execution.checkCancelled(task);
      int count = Math.min(trainer.batchSize(), order.length - from);
      // Weights have a mean of 1, so that they only count relative to each other.
      double scale = train.size() / train.totalWeight() / count;
      loss.set(numbers);
      losses += count * loss.gradients(train, order, from, count, scale, gradients);
      requireFinite(epoch, "the loss", losses);
      Gradients.clip(gradients, trainer.clipNorm());
      optimizer.step(parameters, numbers, gradients, moments, rate(epoch, from));
    }
    return losses / order.length;
  }

  /** Returns the learning rate of the step that begins with some example of an epoch. */
  private double rate(int epoch, int example) {
    double epochs = epoch - 1 + (double) example / train.size();
    return trainer.learningRate().at(epochs / trainer.epochs());
  }

  /** Returns the loss on the validation examples; NaN if there are none. */
  private double validate(int epoch, float[] numbers) {
    for (float number : numbers) {
      requireFinite(epoch, "a parameter", number);
    }
    ExampleRows rows = validation;
    if (rows == null) {
      return Double.NaN;
    }
    loss.set(numbers);
    int[] order = IntStream.range(0, rows.size()).toArray();
    double scale = 1 / rows.totalWeight();
    double losses = 0;
    for (int from = 0; from < order.length; from += Rounds.BLOCK_ROWS) {
      execution.checkCancelled(task);
      int count = Math.min(Rounds.BLOCK_ROWS, order.length - from);
      losses += loss.value(rows, order, from, count, scale);
    }
    requireFinite(epoch, "the validation loss", losses);
    return losses;
  }

  private void requireFinite(int epoch, String what, double number) {
    if (!Double.isFinite(number)) {
      throw new ArithmeticException(
          "training diverged in epoch "
              + epoch
              + ": "
              + what
              + " is "
              + number
              + "; lower the learning rate "
              + trainer.learningRate().toValue().canonicalJson()
              + ", clip gradients, or standardise the features");
    }
  }
}
