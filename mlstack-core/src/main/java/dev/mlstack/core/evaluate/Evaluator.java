package dev.mlstack.core.evaluate;

import dev.mlstack.compute.Execution;
import dev.mlstack.model.Curve;
import dev.mlstack.model.Evaluation;
import dev.mlstack.model.FittedModel;
import dev.mlstack.model.Metric;
import dev.mlstack.model.Output;
import dev.mlstack.table.Dataset;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds out how good a fitted model is on data that it was not trained on.
 *
 * <table>
 * <caption>Metrics of each output, the main one first</caption>
 * <tr><th>output</th><th>metric</th><th>what it is</th><th>interval</th></tr>
 * <tr><td>two classes</td><td>{@code auc}</td><td>the probability that a positive row is found more
 *     probable than a negative one</td><td>DeLong's, on the logit scale; Newcombe's where its
 *     variance is 0</td></tr>
 * <tr><td></td><td>{@code log_loss}</td><td>the mean of -log of the true class's probability, which
 *     is taken to be at least 10<sup>-15</sup></td><td>normal</td></tr>
 * <tr><td></td><td>{@code brier}</td><td>the mean squared error of the positive class's
 *     probability</td><td>normal</td></tr>
 * <tr><td></td><td>{@code accuracy}</td><td>the rate of rows whose most probable class is the true
 *     one</td><td>Wilson's</td></tr>
 * <tr><td></td><td>{@code precision}, {@code recall}, {@code f1}</td><td>of the positive class,
 *     where it is the most probable one</td><td>Wilson's; that of {@code f1} by way of the Jaccard
 *     index</td></tr>
 * <tr><td>more classes</td><td>{@code accuracy}, {@code log_loss}</td><td>as above</td>
 *     <td>as above</td></tr>
 * <tr><td></td><td>{@code auc}</td><td>the mean AUC of each class against all others</td>
 *     <td>DeLong's, for the mean</td></tr>
 * <tr><td></td><td>{@code macro_f1}</td><td>the mean F1 of all classes</td><td>bootstrap</td></tr>
 * <tr><td>a number</td><td>{@code rmse}, {@code mae}</td><td>the root of the mean squared error, the
 *     mean absolute error</td><td>normal; delta method for the root</td></tr>
 * <tr><td></td><td>{@code r2}</td><td>the explained fraction of the variance</td>
 *     <td>bootstrap</td></tr>
 * <tr><td>an array</td><td>{@code rmse}, {@code mae}</td><td>over all its numbers</td>
 *     <td>as above, over rows</td></tr>
 * </table>
 *
 * <p>Two classes also have the curves {@code roc} and {@code calibration}. Where there are several
 * outputs, names begin with the column: {@code price.rmse}. A metric that the data does not define,
 * such as the AUC of rows of one class, is NaN, and so is an interval that it does not define, such
 * as that of the mean of one number. Every row counts once, whatever its weight in training.
 */
public final class Evaluator {

  /** The probability with which each interval covers the true value: 0.95. */
  public static final double LEVEL = 0.95;

  private Evaluator() {}

  /**
   * Evaluates a model. The scores and labels of all rows are held in memory: for each row, 8 bytes
   * for each number that the model gives and for each of its label.
   *
   * @param fitted the model; left open
   * @param data the rows to answer, with their labels. What the model was trained on is not
   *     refused, as a fitted model does not know it: {@code TrainedModel.evaluate} does
   * @param execution scores blocks of rows in parallel, receives progress and may be cancelled
   * @return the same bits however it is executed
   * @throws IllegalArgumentException if the data lacks a column, or has no rows or too many
   * @throws dev.mlstack.table.DataException if a row has no label or one that is not possible
   * @throws ArithmeticException if the model gives a number that is not finite, or no probability
   *     where one is due
   * @throws java.util.concurrent.CancellationException if the execution was cancelled
   */
  public static Evaluation evaluate(FittedModel<?> fitted, Dataset data, Execution execution) {
    Answers answers = Answers.of(fitted, data, execution);
    List<Output> outputs = fitted.label().outputs();
    List<Metric> metrics = new ArrayList<>();
    List<Curve> curves = new ArrayList<>();
    for (int i = 0; i < outputs.size(); i++) {
      String prefix = outputs.size() == 1 ? "" : outputs.get(i).column() + ".";
      OutputMetrics part =
          OutputMetrics.of(
              outputs.get(i), answers.rows(), answers.outputs(i), answers.labels(i), prefix);
      metrics.addAll(part.metrics());
      curves.addAll(part.curves());
    }
    return new Evaluation(fitted.digest(), data.digest(), answers.rows(), LEVEL, metrics, curves);
  }
}
