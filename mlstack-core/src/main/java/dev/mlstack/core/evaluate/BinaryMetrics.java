package dev.mlstack.core.evaluate;

import dev.mlstack.model.Curve;
import java.util.List;

/** The figures of an output of two classes, of which one is looked for. */
final class BinaryMetrics {

  private final ClassAnswers answers;
  private final String prefix;
  private final int positive;
  private long truePositives;
  private long falsePositives;
  private long falseNegatives;

  BinaryMetrics(ClassAnswers answers, String prefix) {
    this.answers = answers;
    this.prefix = prefix;
    this.positive = answers.positive();
    for (int row = 0; row < answers.rows(); row++) {
      boolean found = answers.bestClass(row) == positive;
      boolean is = answers.trueClass(row) == positive;
      truePositives += found && is ? 1 : 0;
      falsePositives += found && !is ? 1 : 0;
      falseNegatives += !found && is ? 1 : 0;
    }
  }

  OutputMetrics compute() {
    int[] counts = answers.counts();
    double[] positives = answers.probabilities(positive, true, counts);
    double[] negatives = answers.probabilities(positive, false, counts);
    Auc auc = new Auc(positives, negatives);
    return new OutputMetrics(
        List.of(
            auc.estimate().higherIsBetter(prefix + "auc"),
            answers.logLoss().lowerIsBetter(prefix + "log_loss"),
            brier().lowerIsBetter(prefix + "brier"),
            answers.accuracy().higherIsBetter(prefix + "accuracy"),
            precision().higherIsBetter(prefix + "precision"),
            recall().higherIsBetter(prefix + "recall"),
            f1().higherIsBetter(prefix + "f1")),
        curves(positives, negatives));
  }

  private Estimate brier() {
    return Estimate.mean(
        answers.rows(),
        row -> {
          double truth = answers.trueClass(row) == positive ? 1 : 0;
          double error = answers.probability(row, positive) - truth;
          return error * error;
        });
  }

  private Estimate precision() {
    return Estimate.proportion(truePositives, truePositives + falsePositives);
  }

  private Estimate recall() {
    return Estimate.proportion(truePositives, truePositives + falseNegatives);
  }

  /**
   * Returns the harmonic mean of precision and recall. It is {@code 2 j / (1 + j)} of the Jaccard
   * index {@code j}, the proportion of hits among the rows that are positive or taken for it, so
   * that its interval follows from that of a proportion.
   */
  private Estimate f1() {
    return Estimate.proportion(truePositives, truePositives + falsePositives + falseNegatives)
        .map(j -> 2 * j / (1 + j));
  }

  private List<Curve> curves(double[] positives, double[] negatives) {
    Curve calibration = new Calibration(positives, negatives).toCurve(prefix + "calibration");
    return positives.length == 0 || negatives.length == 0
        ? List.of(calibration)
        : List.of(new RocCurve(positives, negatives).toCurve(prefix + "roc"), calibration);
  }
}
