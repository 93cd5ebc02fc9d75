package dev.mlstack.model;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** The answer of a model that predicts an array of numbers. Immutable. */
public final class Tensor {

  private final List<Integer> shape;
  private final double[] values;

  Tensor(List<Integer> shape, double[] values) {
    this.shape = shape;
    this.values = values;
  }

  /** Returns the size of each dimension, the outermost first. */
  public List<Integer> shape() {
    return shape;
  }

  /** Returns all numbers, the last dimension fastest, as a new array. */
  public double[] values() {
    return values.clone();
  }

  /**
   * Returns one number.
   *
   * @param indexes its place, one index for each dimension
   */
  public double get(int... indexes) {
    if (indexes.length != shape.size()) {
      throw new IllegalArgumentException(
          "a place in " + shape + " has " + shape.size() + " indexes but was " + indexes.length);
    }
    int at = 0;
    for (int i = 0; i < indexes.length; i++) {
      at = at * shape.get(i) + Objects.checkIndex(indexes[i], shape.get(i));
    }
    return values[at];
  }

  @Override
  public boolean equals(Object object) {
    return object instanceof Tensor other
        && shape.equals(other.shape)
        && Arrays.equals(values, other.values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }

  /** Returns the shape. */
  @Override
  public String toString() {
    return "tensor" + shape;
  }
}
