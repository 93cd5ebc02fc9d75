package dev.mlstack.core.evaluate;

import dev.mlstack.model.Curve;
import dev.mlstack.model.Metric;
import dev.mlstack.model.Output;
import java.util.List;

/**
 * The figures of one output.
 *
 * @param metrics the metrics, the most telling first
 * @param curves the curves; may be none
 */
record OutputMetrics(List<Metric> metrics, List<Curve> curves) {

  /**
   * Computes the figures.
   *
   * @param output what was predicted
   * @param rows how many rows there are, at least one
   * @param answers row by row, as many numbers as the output is wide
   * @param labels row by row, as many numbers as a label of the output is wide
   * @param prefix what the names of all metrics and curves begin with
   */
  static OutputMetrics of(
      Output output, int rows, double[] answers, double[] labels, String prefix) {
    if (output instanceof Output.Classes classes) {
      ClassAnswers given = new ClassAnswers(classes, rows, answers, labels);
      return classes.classes().size() == 2
          ? new BinaryMetrics(given, prefix).compute()
          : new MulticlassMetrics(given, prefix).compute();
    }
    return new QuantityMetrics(rows, output.width(), answers, labels, prefix).compute();
  }
}
