package dev.mlstack.train.linear;

import dev.mlstack.core.math.StableMath;

/**
 * The negative logarithm of the probability of the true one of two classes, {@code log(1 +
 * exp(-m))}, where {@code m} is the margin for the second class and its negative for the first.
 *
 * @param startingMargin the log-odds of the second class
 */
record LogisticLoss(double startingMargin) implements SharedCurvatureLoss {

  @Override
  public int units() {
    return 1;
  }

  @Override
  public double greatestCurvature() {
    return 0.25;
  }

  @Override
  public double[] startingMargins() {
    return new double[] {startingMargin};
  }

  @Override
  public double apply(double[] margins, double[] labels, int at) {
    boolean second = labels[at] == 1;
    double wrong = second ? -margins[0] : margins[0];
    double e = StableMath.exp(-Math.abs(wrong));
    double probabilityOfWrong = (wrong >= 0 ? 1 : e) / (1 + e);
    margins[0] = second ? -probabilityOfWrong : probabilityOfWrong;
    return Math.max(wrong, 0) + StableMath.log1p(e);
  }

  @Override
  public double curvature(double derivative) {
    double probabilityOfWrong = Math.abs(derivative);
    return probabilityOfWrong * (1 - probabilityOfWrong);
  }
}
