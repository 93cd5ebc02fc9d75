package dev.mlstack.train.torch;

import ai.djl.Device;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Moves numbers between Java and libtorch.
 *
 * <p>Numbers are always copied into memory that libtorch has allocated, never lent from a buffer of
 * Java: its alignment is always the same, and the matrix products of libtorch promise equal bits
 * for equal alignment only.
 */
final class NativeArrays {

  /** How many floats fit into a buffer of Java. */
  private static final int MAX_SIZE = Integer.MAX_VALUE / Float.BYTES;

  private NativeArrays() {}

  /**
   * Returns a new array on the device of a manager.
   *
   * @param manager owns the array
   * @param fill writes its numbers, the last dimension fastest
   * @throws IllegalArgumentException if Java cannot address so many numbers
   */
  static PtNDArray create(PtNDManager manager, Consumer<FloatBuffer> fill, long... shape) {
    requireAddressable(shape);
    PtNDArray array =
        JniUtils.createEmptyNdArray(
            manager, new Shape(shape), DataType.FLOAT32, Device.cpu(), SparseFormat.DENSE);
    fill.accept(memory(array));
    if (!manager.getDevice().isGpu()) {
      return array;
    }
    try (array) {
      return array.toDevice(manager.getDevice(), /* copy= */ true);
    }
  }

  private static void requireAddressable(long... shape) {
    double size = Arrays.stream(shape).asDoubleStream().reduce(1, (a, b) -> a * b);
    if (size > MAX_SIZE) {
      throw new IllegalArgumentException(
          "a native array must have at most "
              + MAX_SIZE
              + " numbers but its sizes are "
              + Arrays.toString(shape)
              + "; use smaller batches, fewer features or a smaller network");
    }
  }

  /** Returns a new array that has the given numbers. */
  static PtNDArray create(PtNDManager manager, float[] values, long... shape) {
    return create(manager, memory -> memory.put(values), shape);
  }

  /** Returns the memory of an array on the CPU. It must not be touched once the array is closed. */
  static FloatBuffer memory(PtNDArray array) {
    return array.toByteBuffer(/* tryDirect= */ true).asFloatBuffer();
  }

  /** Copies the numbers of an array, from any device. */
  static void read(PtNDArray array, float[] values, int from) {
    FloatBuffer memory = memory(array);
    memory.get(values, from, memory.remaining());
  }

  /** Returns the only number of an array. */
  static float read(PtNDArray array) {
    return memory(array).get(0);
  }
}
