package dev.mlstack.train.linear;

/**
 * A place that the optimiser has been at. Immutable; the arrays are not copied.
 *
 * @param coordinates where it is
 * @param value the objective there
 * @param gradient the derivatives of the objective there
 * @param norm the Euclidean norm of the gradient
 */
record Point(double[] coordinates, double value, double[] gradient, double norm) {

  static Point of(double[] coordinates, double value, double[] gradient) {
    return new Point(coordinates, value, gradient, Vectors.norm(gradient));
  }
}
