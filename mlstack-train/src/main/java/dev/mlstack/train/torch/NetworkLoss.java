package dev.mlstack.train.torch;

import ai.djl.ndarray.NDScope;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.List;

/**
 * The loss of a network as a function of its parameters, with its gradients. Owns the native
 * parameters; all else that it computes is freed before a call returns.
 *
 * <p>For use by one thread at a time, inside of {@link TorchThread}.
 */
final class NetworkLoss implements AutoCloseable {

  private final NetworkPlan plan;
  private final Head head;
  private final NetworkParameters parameters;

  /**
   * Creates a loss.
   *
   * @param parameters become its own
   */
  NetworkLoss(NetworkPlan plan, Head head, NetworkParameters parameters) {
    this.plan = plan;
    this.head = head;
    this.parameters = parameters;
  }

  /** Replaces the numbers of all parameters. */
  void set(float[] numbers) {
    parameters.set(numbers);
  }

  /**
   * Returns the sum of the losses of some examples, each times its weight and {@code scale}.
   *
   * @param order the examples, by their places
   * @param from the index in {@code order} of the first
   * @param count how many
   */
  float value(ExampleRows rows, int[] order, int from, int count, double scale) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      Batch batch = rows.batch(parameters.manager(), head, order, from, count, scale);
      return NativeArrays.read(loss(batch, parameters.views()));
    }
  }

  /**
   * Returns what {@link #value} does, and writes its gradient by each parameter.
   *
   * @param gradients takes one number for each number of the parameters
   */
  float gradients(
      ExampleRows rows, int[] order, int from, int count, double scale, float[] gradients) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      Batch batch = rows.batch(parameters.manager(), head, order, from, count, scale);
      List<PtNDArray> leaves = parameters.leaves();
      PtNDArray loss = loss(batch, leaves);
      PtNDArray one = NativeArrays.create(parameters.manager(), new float[] {1});
      JniUtils.backward(loss, one, /* keepGraph= */ false, /* createGraph= */ false);
      parameters.gradients(leaves, gradients);
      return NativeArrays.read(loss);
    }
  }

  private PtNDArray loss(Batch batch, List<PtNDArray> arrays) {
    return head.loss(plan.forward(batch.features(), arrays), batch);
  }

  @Override
  public void close() {
    parameters.close();
  }
}
