package dev.mlstack.train.linear;

import dev.mlstack.core.math.StableMath;

/**
 * The negative logarithm of the probability of the true one of several classes: {@code log(sum_k
 * exp(m_k)) - m_true}. Classes without examples have no unit.
 */
final class SoftmaxLoss implements Loss {

  private final int[] classOfUnit;
  private final int[] unitOfClass;
  private final double[] startingMargins;

  /**
   * Creates a loss.
   *
   * @param weights the weight of all examples of each class; more than one is positive
   */
  SoftmaxLoss(double[] weights) {
    classOfUnit = classesWithExamples(weights);
    unitOfClass = new int[weights.length];
    startingMargins = new double[classOfUnit.length];
    double mean = 0;
    for (int unit = 0; unit < classOfUnit.length; unit++) {
      unitOfClass[classOfUnit[unit]] = unit;
      startingMargins[unit] = StableMath.log(weights[classOfUnit[unit]]);
      mean += startingMargins[unit] / classOfUnit.length;
    }
    for (int unit = 0; unit < classOfUnit.length; unit++) {
      startingMargins[unit] -= mean;
    }
  }

  /** Returns the indexes of the classes whose weight is positive. */
  static int[] classesWithExamples(double[] weights) {
    return java.util.stream.IntStream.range(0, weights.length)
        .filter(index -> weights[index] > 0)
        .toArray();
  }

  @Override
  public int units() {
    return classOfUnit.length;
  }

  @Override
  public int unitOfModel(int unit) {
    return classOfUnit[unit];
  }

  /** Returns 1/4: that of {@code p (1 - p)}. */
  @Override
  public double greatestCurvature() {
    return 0.25;
  }

  @Override
  public double[] startingMargins() {
    return startingMargins.clone();
  }

  @Override
  public double apply(double[] margins, double[] labels, int at) {
    int truth = unitOfClass[(int) labels[at]];
    double greatest = Double.NEGATIVE_INFINITY;
    for (double margin : margins) {
      greatest = Math.max(greatest, margin);
    }
    double ofTruth = margins[truth] - greatest;
    double sum = 0;
    for (int unit = 0; unit < margins.length; unit++) {
      margins[unit] = StableMath.exp(margins[unit] - greatest);
      sum += margins[unit];
    }
    for (int unit = 0; unit < margins.length; unit++) {
      margins[unit] /= sum;
    }
    margins[truth] -= 1;
    return StableMath.log(sum) - ofTruth;
  }
}
