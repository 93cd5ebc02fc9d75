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
    return new Pass(point, block).sums();
  }

  /**
   * One pass over a block, four rows at a time; what is missing at the end counts as 0. Each step
   * is done for all four before the next, so that the processor can work on them side by side.
   */
  private final class Pass {
    private final double[] point;
    private final ExampleBlock block;
    private final int size = coordinates.size();
    private final Tile tile = new Tile(size);
    private final double[][] margins = new double[Tile.ROWS][loss.units()];
    private final double[] factors = new double[Tile.ROWS];
    private final double[] sums;

    Pass(double[] point, ExampleBlock block) {
      this.point = point;
      this.block = block;
      this.sums = new double[1 + dimension() + (curvatures ? size * (size + 1) / 2 : 0)];
    }

    double[] sums() {
      for (int first = 0; first < block.rows(); first += Tile.ROWS) {
        int rows = Math.min(Tile.ROWS, block.rows() - first);
        fill(first, rows);
        applyLoss(first, rows);
        addDerivatives(first, rows);
        if (curvatures && loss instanceof SharedCurvatureLoss shared) {
          addCurvatures(shared, first, rows);
        }
      }
      return sums;
    }

    private void fill(int first, int rows) {
      for (int i = 0; i < rows; i++) {
        coordinates.write(block.features(), (first + i) * (size - 1), tile.row(i));
        for (int unit = 0; unit < loss.units(); unit++) {
          margins[i][unit] = Vectors.dot(point, unit * size, tile.row(i), 0, size);
        }
      }
    }

    private void applyLoss(int first, int rows) {
      for (int i = 0; i < rows; i++) {
        double value = loss.apply(margins[i], block.labels(), (first + i) * labelWidth);
        sums[0] += block.weights()[first + i] * value;
      }
    }

    private void addDerivatives(int first, int rows) {
      for (int unit = 0; unit < loss.units(); unit++) {
        for (int i = 0; i < Tile.ROWS; i++) {
          factors[i] = i < rows ? block.weights()[first + i] * margins[i][unit] : 0;
        }
        tile.addTo(sums, 1 + unit * size, factors);
      }
    }

    private void addCurvatures(SharedCurvatureLoss shared, int first, int rows) {
      for (int i = 0; i < Tile.ROWS; i++) {
        factors[i] = i < rows ? block.weights()[first + i] * shared.curvature(margins[i][0]) : 0;
      }
      tile.addSquaresTo(sums, 1 + dimension(), factors);
    }
  }
}
