package dev.mlstack.core.evaluate;

import dev.mlstack.core.math.ExactSum;
import dev.mlstack.model.Curve;
import java.util.Arrays;

/**
 * How often rows are positive, beside how probable the model finds it: on the diagonal, its
 * probabilities are what they say.
 *
 * <p>Rows are divided in the order of their probabilities into at most {@link #GROUPS} groups of
 * nearly equal size; equal probabilities stay together.
 */
final class Calibration {

  static final int GROUPS = 10;

  private final double[] meanProbabilities = new double[GROUPS];
  private final double[] positiveRates = new double[GROUPS];
  private int groups;
  private ExactSum sum = new ExactSum();
  private int rows;
  private int positiveRows;

  /**
   * Divides the rows.
   *
   * @param positives the probabilities of the positive rows, rising
   * @param negatives the probabilities of the negative rows, rising
   */
  Calibration(double[] positives, double[] negatives) {
    long all = (long) positives.length + negatives.length;
    int i = 0;
    int j = 0;
    long border = 0;
    while (i < positives.length || j < negatives.length) {
      double probability = Math.min(first(positives, i), first(negatives, j));
      for (; first(positives, i) == probability; i++) {
        add(probability);
        positiveRows++;
      }
      for (; first(negatives, j) == probability; j++) {
        add(probability);
      }
      if ((i + (long) j) * GROUPS >= all * (border + 1)) {
        border = (i + (long) j) * GROUPS / all;
        endGroup();
      }
    }
  }

  private static double first(double[] probabilities, int from) {
    return from == probabilities.length ? Double.POSITIVE_INFINITY : probabilities[from];
  }

  private void add(double probability) {
    sum.add(probability);
    rows++;
  }

  private void endGroup() {
    meanProbabilities[groups] = sum.value() / rows;
    positiveRates[groups] = positiveRows / (double) rows;
    groups++;
    sum = new ExactSum();
    rows = 0;
    positiveRows = 0;
  }

  Curve toCurve(String name) {
    return new Curve(
        name,
        "mean predicted probability",
        "rate of positives",
        Arrays.copyOf(meanProbabilities, groups),
        Arrays.copyOf(positiveRates, groups));
  }
}
