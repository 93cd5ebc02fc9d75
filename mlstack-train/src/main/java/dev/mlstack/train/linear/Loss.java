package dev.mlstack.train.linear;

/**
 * How bad the margins of one example are.
 *
 * <p>Immutable. A margin is the weighted sum of the features plus the intercept of one unit.
 */
sealed interface Loss permits SharedCurvatureLoss, SoftmaxLoss {

  /** Returns how many margins an example has. */
  int units();

  /** Returns which unit of the model a unit of this loss is. */
  default int unitOfModel(int unit) {
    return unit;
  }

  /** Returns a bound of the second derivative of the loss by any one margin. */
  double greatestCurvature();

  /** Returns the margins from which training starts: the best that do without features. */
  double[] startingMargins();

  /**
   * Returns the loss of an example, and replaces its margins by the derivatives of the loss by
   * them.
   *
   * @param margins the margins; on return the derivatives
   * @param labels the array that has the label
   * @param at the index in {@code labels} of its first number
   */
  double apply(double[] margins, double[] labels, int at);
}
