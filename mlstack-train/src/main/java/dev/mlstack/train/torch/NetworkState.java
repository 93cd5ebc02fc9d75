package dev.mlstack.train.torch;

import dev.mlstack.compute.Progress;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Where the training of a network is after some whole epochs. Immutable: nobody changes the arrays.
 *
 * @param epoch how many epochs are done
 * @param steps how many steps the optimizer has made
 * @param parameters all numbers that training finds
 * @param mean the optimizer's moving mean of each gradient
 * @param squares the optimizer's moving mean of each squared gradient
 * @param loss the mean training loss of the last epoch; NaN before the first
 * @param validationLoss the loss on the validation examples after it; NaN if there is none
 * @param best the best by validation loss so far, if the training looks for it
 */
record NetworkState(
    int epoch,
    long steps,
    float[] parameters,
    float[] mean,
    float[] squares,
    double loss,
    double validationLoss,
    @Nullable Best best) {

  /**
   * The parameters with the least validation loss.
   *
   * @param epoch after how many epochs they were found
   * @param loss their validation loss
   * @param parameters all numbers
   */
  record Best(int epoch, double loss, float[] parameters) {}

  /** Returns the state before the first epoch. */
  static NetworkState initial(float[] parameters) {
    int size = parameters.length;
    return new NetworkState(
        0, 0, parameters, new float[size], new float[size], Double.NaN, Double.NaN, null);
  }

  /** Returns the state with the best so far brought up to date. */
  NetworkState withBest() {
    boolean better = best == null || validationLoss < best.loss();
    Best newBest = better ? new Best(epoch, validationLoss, parameters) : best;
    return new NetworkState(epoch, steps, parameters, mean, squares, loss, validationLoss, newBest);
  }

  /** Returns the parameters of the model that has been learned by now. */
  float[] learned() {
    return best == null ? parameters : best.parameters();
  }

  /** Returns how many epochs brought nothing better. */
  int epochsSinceBest() {
    return best == null ? 0 : epoch - best.epoch();
  }

  /** Returns the progress, out of so many epochs. */
  Progress progress(String task, int epochs) {
    TreeMap<String, Double> measures = new TreeMap<>();
    if (epoch > 0) {
      measures.put("loss", loss);
    }
    if (!Double.isNaN(validationLoss)) {
      measures.put("validation-loss", validationLoss);
    }
    return Progress.of(task, epoch, epochs, measures);
  }
}
