package dev.mlstack.train.linear;

/**
 * A step that the optimiser took and how the gradient changed over it, whose inner product is
 * positive. Immutable; the arrays are not copied.
 */
record Pair(double[] step, double[] change) {

  /** Returns the inner product. */
  double product() {
    return Vectors.dot(step, change);
  }
}
