package dev.mlstack.core.evaluate;

import dev.mlstack.core.math.ExactSum;
import java.util.Arrays;
import java.util.List;

/** The figures of an output of more than two classes. */
final class MulticlassMetrics {

  private final ClassAnswers answers;
  private final String prefix;
  private final int classes;
  private final int[] counts;

  MulticlassMetrics(ClassAnswers answers, String prefix) {
    this.answers = answers;
    this.prefix = prefix;
    this.classes = answers.classes();
    this.counts = answers.counts();
  }

  OutputMetrics compute() {
    Estimate accuracy = answers.accuracy();
    return new OutputMetrics(
        List.of(
            accuracy.higherIsBetter(prefix + "accuracy"),
            answers.logLoss().lowerIsBetter(prefix + "log_loss"),
            auc().higherIsBetter(prefix + "auc"),
            macroF1(accuracy).higherIsBetter(prefix + "macro_f1")),
        List.of());
  }

  /**
   * Returns the mean area under the ROC curves of each class against all others, over the classes
   * that there are rows of. Its variance is DeLong's, of the mean of what a row does to each area.
   */
  private Estimate auc() {
    int rows = answers.rows();
    int[] present = Arrays.stream(range()).filter(c -> counts[c] > 0 && counts[c] < rows).toArray();
    double[] influences = new double[rows];
    ExactSum areas = new ExactSum();
    for (int someClass : present) {
      Auc auc = answers.auc(someClass, counts);
      areas.add(auc.value());
      for (int row = 0; row < rows; row++) {
        double score = answers.probability(row, someClass);
        influences[row] += auc.influence(score, answers.trueClass(row) == someClass);
      }
    }
    double mean = areas.value() / present.length;
    double variance = variance(influences) / present.length / present.length;
    int rarest = Arrays.stream(present).map(c -> counts[c]).min().orElse(0);
    return Auc.estimate(mean, variance, rarest, rows - (long) rarest);
  }

  private int[] range() {
    int[] range = new int[classes];
    Arrays.setAll(range, i -> i);
    return range;
  }

  /** Returns the sum of squares, corrected for the number of rows of each class. */
  private double variance(double[] influences) {
    ExactSum[] squares = new ExactSum[classes];
    Arrays.setAll(squares, i -> new ExactSum());
    for (int row = 0; row < influences.length; row++) {
      squares[answers.trueClass(row)].add(influences[row] * influences[row]);
    }
    double variance = 0;
    for (int i = 0; i < classes; i++) {
      variance += squares[i].value() * (counts[i] > 1 ? counts[i] / (counts[i] - 1.0) : 1);
    }
    return variance;
  }

  /**
   * Returns the mean of the F1 measures of all classes that there are rows of or that were
   * predicted. Where all answers are right, or all wrong, drawing rows anew tells nothing about
   * data not seen, and the interval is that of the accuracy.
   */
  private Estimate macroF1(Estimate accuracy) {
    if (accuracy.value() == 1 || accuracy.value() == 0) {
      return accuracy;
    }
    Bootstrap bootstrap = new Bootstrap(answers.rows(), 3 * classes);
    double[] total = new double[3 * classes];
    for (int row = 0; row < answers.rows(); row++) {
      int best = answers.bestClass(row);
      int truth = answers.trueClass(row);
      count(bootstrap, total, row, 3 * best);
      count(bootstrap, total, row, 3 * truth + 1);
      if (best == truth) {
        count(bootstrap, total, row, 3 * truth + 2);
      }
    }
    return bootstrap.estimate(macroF1(total), MulticlassMetrics::macroF1);
  }

  private static void count(Bootstrap bootstrap, double[] total, int row, int sum) {
    bootstrap.add(row, sum, 1);
    total[sum]++;
  }

  /** Computes the figure of, for each class: how often it is predicted, is true, and is both. */
  private static double macroF1(double[] sums) {
    double total = 0;
    int defined = 0;
    for (int i = 0; i < sums.length; i += 3) {
      double either = sums[i] + sums[i + 1];
      if (either > 0) {
        total += 2 * sums[i + 2] / either;
        defined++;
      }
    }
    return total / defined;
  }
}
