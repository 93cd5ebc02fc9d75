package dev.mlstack.core.evaluate;

import dev.mlstack.core.math.ExactSum;
import dev.mlstack.model.Metric;
import java.util.ArrayList;
import java.util.List;

/**
 * The figures of an output that is a number or an array of numbers. The error of an array is the
 * mean of those of its numbers: rows are independent, numbers of one array are not.
 */
final class QuantityMetrics {

  private final int rows;
  private final int width;
  private final double[] answers;
  private final double[] labels;
  private final String prefix;

  QuantityMetrics(int rows, int width, double[] answers, double[] labels, String prefix) {
    this.rows = rows;
    this.width = width;
    this.answers = answers;
    this.labels = labels;
    this.prefix = prefix;
  }

  OutputMetrics compute() {
    List<Metric> metrics = new ArrayList<>();
    metrics.add(Estimate.rootMean(rows, this::squaredError).lowerIsBetter(prefix + "rmse"));
    metrics.add(Estimate.mean(rows, this::absoluteError).lowerIsBetter(prefix + "mae"));
    if (width == 1) {
      metrics.add(r2().higherIsBetter(prefix + "r2"));
    }
    return new OutputMetrics(metrics, List.of());
  }

  private double squaredError(int row) {
    double sum = 0;
    for (int i = row * width; i < (row + 1) * width; i++) {
      sum += (answers[i] - labels[i]) * (answers[i] - labels[i]);
    }
    return sum / width;
  }

  private double absoluteError(int row) {
    double sum = 0;
    for (int i = row * width; i < (row + 1) * width; i++) {
      sum += Math.abs(answers[i] - labels[i]);
    }
    return sum / width;
  }

  /**
   * Returns the fraction of the labels' variance that the answers explain: 0 for answers that are
   * all the mean of the labels, below 0 for worse ones. Undefined if all labels are equal.
   */
  private Estimate r2() {
    double mean = Estimate.average(rows, row -> labels[row]);
    Bootstrap bootstrap = new Bootstrap(rows, 4);
    ExactSum errors = new ExactSum();
    ExactSum deviations = new ExactSum();
    for (int row = 0; row < rows; row++) {
      double deviation = labels[row] - mean;
      double error = squaredError(row);
      bootstrap.add(row, 0, 1);
      bootstrap.add(row, 1, deviation);
      bootstrap.add(row, 2, deviation * deviation);
      bootstrap.add(row, 3, error);
      errors.add(error);
      deviations.add(deviation * deviation);
    }
    double spread = deviations.value();
    double value = spread == 0 ? Double.NaN : 1 - errors.value() / spread;
    return bootstrap.estimate(value, QuantityMetrics::r2);
  }

  private static double r2(double[] sums) {
    double spread = sums[2] - sums[1] * sums[1] / sums[0];
    return spread > 0 ? 1 - sums[3] / spread : Double.NaN;
  }
}
