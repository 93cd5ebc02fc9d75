package dev.mlstack.train.linear;

/**
 * A loss whose second derivative is the same by each margin of an example and 0 by two different
 * ones, so that one matrix of second derivatives serves all units.
 */
sealed interface SharedCurvatureLoss extends Loss permits LogisticLoss, SquaredLoss {

  /**
   * Returns the second derivative of the loss by a margin.
   *
   * @param derivative the first derivative there, as {@link #apply} left it
   */
  double curvature(double derivative);
}
