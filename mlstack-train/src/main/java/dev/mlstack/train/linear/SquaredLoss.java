package dev.mlstack.train.linear;

/**
 * Half of the squared difference between margin and label, summed over the units.
 *
 * @param means the mean of each number of the labels; not copied
 */
record SquaredLoss(double[] means) implements SharedCurvatureLoss {

  @Override
  public int units() {
    return means.length;
  }

  @Override
  public double greatestCurvature() {
    return 1;
  }

  @Override
  public double[] startingMargins() {
    return means.clone();
  }

  @Override
  public double apply(double[] margins, double[] labels, int at) {
    double sum = 0;
    for (int unit = 0; unit < margins.length; unit++) {
      double error = margins[unit] - labels[at + unit];
      margins[unit] = error;
      sum += error * error;
    }
    return sum / 2;
  }

  @Override
  public double curvature(double derivative) {
    return 1;
  }
}
