package dev.mlstack.core.evaluate;

import dev.mlstack.core.math.StableMath;
import dev.mlstack.model.Output;

/** The probabilities that a model gave to the classes of an output, and which class was true. */
final class ClassAnswers {

  /** Probabilities are taken to be at least this in the log loss, which is then at most 34.6. */
  static final double LEAST_PROBABILITY = 1e-15;

  private final Output.Classes output;
  private final int rows;
  private final double[] probabilities;
  private final double[] labels;
  private final int classes;

  /**
   * Takes the answers; the arrays are not copied.
   *
   * @param probabilities row by row, one number for each class
   * @param labels for each row, the index of the true class
   */
  ClassAnswers(Output.Classes output, int rows, double[] probabilities, double[] labels) {
    this.output = output;
    this.rows = rows;
    this.probabilities = probabilities;
    this.labels = labels;
    this.classes = output.classes().size();
  }

  int rows() {
    return rows;
  }

  int classes() {
    return classes;
  }

  /** Returns the class that is looked for, or -1. */
  int positive() {
    return output.positive();
  }

  int trueClass(int row) {
    return (int) labels[row];
  }

  double probability(int row, int someClass) {
    return probabilities[row * classes + someClass];
  }

  /** Returns the most probable class of a row; of several, the first, as served answers do. */
  int bestClass(int row) {
    int best = 0;
    for (int i = 1; i < classes; i++) {
      if (probability(row, i) > probability(row, best)) {
        best = i;
      }
    }
    return best;
  }

  /** Returns how many rows are truly of each class. */
  int[] counts() {
    int[] counts = new int[classes];
    for (int row = 0; row < rows; row++) {
      counts[trueClass(row)]++;
    }
    return counts;
  }

  /** Returns the probabilities of a class for the rows that are truly of it, or for all others. */
  double[] probabilities(int someClass, boolean ofIt, int[] counts) {
    double[] selected = new double[ofIt ? counts[someClass] : rows - counts[someClass]];
    int size = 0;
    for (int row = 0; row < rows; row++) {
      if (trueClass(row) == someClass == ofIt) {
        selected[size++] = probability(row, someClass);
      }
    }
    return selected;
  }

  /** Returns the area under the ROC curve of one class against all others. */
  Auc auc(int someClass, int[] counts) {
    return new Auc(probabilities(someClass, true, counts), probabilities(someClass, false, counts));
  }

  /** Returns the mean of the negative logarithm of the true class's probability. */
  Estimate logLoss() {
    return Estimate.mean(
        rows,
        row -> {
          double probability = probability(row, trueClass(row));
          return -StableMath.log(Math.min(1, Math.max(LEAST_PROBABILITY, probability)));
        });
  }

  /** Returns how often the most probable class is the true one. */
  Estimate accuracy() {
    int right = 0;
    for (int row = 0; row < rows; row++) {
      right += bestClass(row) == trueClass(row) ? 1 : 0;
    }
    return Estimate.proportion(right, rows);
  }
}
