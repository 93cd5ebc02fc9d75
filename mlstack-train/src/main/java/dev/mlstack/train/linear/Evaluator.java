package dev.mlstack.train.linear;

import dev.mlstack.model.ExampleBlock;

/**
 * Sums the loss of the examples of a block at a point, its derivatives by every coordinate, and if
 * asked the second derivatives.
 *
 * <p>The sums stand side by side: the loss; the derivatives, unit by unit; the second derivatives
 * by the coordinates of one unit, the rows of the lower triangle. Immutable.
 */
final class Evaluator {

  private final Loss loss;
  private final Coordinates coordinates;
  private final int labelWidth;
  private final boolean curvatures;

  /**
   * Creates an evaluator.
   *
   * @param labelWidth how many numbers the label of an example has
   * @param curvatures whether second derivatives are needed; only for a loss that shares them
   */
  Evaluator(Loss loss, Coordinates coordinates, int labelWidth, boolean curvatures) {
    this.loss = loss;
    this.coordinates = coordinates;
    this.labelWidth = labelWidth;
    this.curvatures = curvatures;
  }

  /** Returns how many coordinates a point has. */
  int dimension() {
    return loss.units() * coordinates.size();
  }

  /** Returns the sums over a block, in the order of its rows. */
  double[] sums(double[] point, ExampleBlock block) {
    int size = coordinates.size();
    int width = size - 1;
    double[] sums = new double[1 + dimension() + (curvatures ? size * (size + 1) / 2 : 0)];
    double[] derivatives = new double[loss.units()];
    RankUpdate second = new RankUpdate(size, sums, 1 + dimension());
    for (int row = 0; row < block.rows(); row++) {
      double weight = block.weights()[row];
      double[] features = second.row();
      coordinates.write(block.features(), row * width, features);
      for (int unit = 0; unit < derivatives.length; unit++) {
        derivatives[unit] = Vectors.dot(point, unit * size, features, 0, size);
      }
      sums[0] += weight * loss.apply(derivatives, block.labels(), row * labelWidth);
      for (int unit = 0; unit < derivatives.length; unit++) {
        Vectors.add(weight * derivatives[unit], features, sums, 1 + unit * size);
      }
      if (curvatures && loss instanceof SharedCurvatureLoss shared) {
        second.add(weight * shared.curvature(derivatives[0]));
      }
    }
    second.finish();
    return sums;
  }
}
