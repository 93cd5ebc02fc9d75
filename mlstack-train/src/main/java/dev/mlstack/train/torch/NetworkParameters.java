package dev.mlstack.train.torch;

import ai.djl.Device;
import ai.djl.ndarray.NDScope;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import java.util.ArrayList;
import java.util.List;

/**
 * The parameters of a network as native arrays: one that holds all numbers, and a view into it for
 * each parameter. Owns them, and the manager that they and what is computed from them hang on.
 *
 * <p>After {@link #set}, every view shows the new numbers. For use by one thread, unless it is
 * never set again: then any number of threads may read.
 */
final class NetworkParameters implements AutoCloseable {

  private final PtNDManager manager;
  private final List<Parameter> parameters;
  private final PtNDArray numbers;
  private final List<PtNDArray> views;

  private NetworkParameters(PtNDManager manager, List<Parameter> parameters, float[] values) {
    this.manager = manager;
    this.parameters = parameters;
    this.numbers = NativeArrays.create(manager, values, values.length);
    this.views = new ArrayList<>();
    // A scope that the caller has open must not close what outlives it.
    NDScope.unregister(numbers);
    for (Parameter parameter : parameters) {
      try (PtNDArray part =
          JniUtils.slice(numbers, 0, parameter.offset(), parameter.end(), /* step= */ 1)) {
        PtNDArray view = JniUtils.reshape(part, parameter.shape().toArray());
        NDScope.unregister(view);
        views.add(view);
      }
    }
  }

  /**
   * Creates the parameters of a network.
   *
   * @param manager becomes theirs
   * @param values all numbers; copied
   */
  static NetworkParameters of(PtNDManager manager, NetworkPlan plan, float[] values) {
    try {
      return new NetworkParameters(manager, plan.parameters(), values);
    } catch (RuntimeException e) {
      manager.close();
      throw e;
    }
  }

  /** Returns the manager. */
  PtNDManager manager() {
    return manager;
  }

  /** Returns where the arrays are. */
  Device device() {
    return manager.getDevice();
  }

  /** Returns a view for each parameter, in order. */
  List<PtNDArray> views() {
    return views;
  }

  /** Returns all numbers. */
  float[] values() {
    float[] values = new float[Math.toIntExact(numbers.size())];
    NativeArrays.read(numbers, values, 0);
    return values;
  }

  /** Replaces all numbers. */
  void set(float[] values) {
    if (device().isGpu()) {
      upload(values);
    } else {
      NativeArrays.memory(numbers).put(values);
    }
  }

  /** Replaces all numbers on whatever device they are. */
  void upload(float[] values) {
    try (PtNDArray fresh = NativeArrays.create(manager, values, values.length)) {
      JniUtils.indexSet(numbers, fresh, new long[] {0}, new long[] {values.length}, new long[] {1});
    }
  }

  /**
   * Returns views like {@link #views()} that are leaves of a new graph: what is computed from them
   * while gradients are on can be differentiated. The caller closes them.
   */
  List<PtNDArray> leaves() {
    List<PtNDArray> leaves = new ArrayList<>(views.size());
    for (PtNDArray view : views) {
      PtNDArray leaf = JniUtils.detachGradient(view);
      JniUtils.attachGradient(leaf, true);
      leaves.add(leaf);
    }
    return leaves;
  }

  /** Copies the gradients of all leaves into one array. */
  void gradients(List<PtNDArray> leaves, float[] values) {
    for (int i = 0; i < leaves.size(); i++) {
      NativeArrays.read(JniUtils.getGradient(leaves.get(i)), values, parameters.get(i).offset());
    }
  }

  @Override
  public void close() {
    manager.close();
  }
}
