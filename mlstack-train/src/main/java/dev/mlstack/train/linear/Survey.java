package dev.mlstack.train.linear;

import dev.mlstack.compute.Execution;
import dev.mlstack.compute.Rounds;
import dev.mlstack.core.compute.LocalRounds;
import dev.mlstack.core.math.ExactSums;
import dev.mlstack.model.ExampleBlock;
import dev.mlstack.model.Examples;
import dev.mlstack.model.Output;
import dev.mlstack.table.DataException;
import java.util.Arrays;

/**
 * The first look at examples, in one round: refuses what no linear learner can take, and sums up
 * the rest.
 *
 * <p>The sums stand side by side in one array: the weight; for each feature that of its values; for
 * each feature that of its squares; for each class its weight, or for each number of the label that
 * of its values.
 */
final class Survey implements Rounds<double[], ExactSums, ExampleBlock> {

  /**
   * The least variance beside the mean square that is more than rounding error: neighbouring floats
   * differ by 6e-8 of their value.
   */
  private static final double LEAST_VARIANCE = 1e-13;

  private final Examples examples;
  private final int width;
  private final int labelWidth;
  private final int classes;

  private Survey(Examples examples) {
    this.examples = examples;
    this.width = examples.signature().width();
    this.labelWidth = examples.signature().labelWidth();
    this.classes =
        examples.signature().outputs().get(0) instanceof Output.Classes output ? output.width() : 0;
  }

  /**
   * Looks at examples.
   *
   * @param examples at least one; they predict one column of classes, or only numbers
   * @throws DataException if a feature is missing or infinite
   * @throws IllegalArgumentException if the weights are all 0
   */
  static Moments of(Examples examples, Execution execution) {
    Survey survey = new Survey(examples);
    double[] sums = LocalRounds.run(survey, examples.blocks(), examples::block, execution);
    return survey.moments(sums);
  }

  @Override
  public double[] start() {
    return new double[0];
  }

  @Override
  public boolean done(double[] state) {
    return state.length > 0;
  }

  @Override
  public ExactSums partial(double[] state, ExampleBlock block) {
    double[] sums = new double[1 + 2 * width + (classes > 0 ? classes : labelWidth)];
    for (int row = 0; row < block.rows(); row++) {
      double weight = block.weights()[row];
      sums[0] += weight;
      addFeatures(block.features(), row * width, weight, sums);
      addLabel(block.labels(), row * labelWidth, weight, sums);
    }
    requireFinite(block, sums);
    return ExactSums.of(sums);
  }

  private void addFeatures(float[] features, int from, double weight, double[] sums) {
    for (int slot = 0; slot < width; slot++) {
      double value = features[from + slot];
      sums[1 + slot] += weight * value;
      sums[1 + width + slot] += weight * value * value;
    }
  }

  private void addLabel(double[] labels, int from, double weight, double[] sums) {
    int at = 1 + 2 * width;
    if (classes > 0) {
      sums[at + (int) labels[from]] += weight;
      return;
    }
    for (int i = 0; i < labelWidth; i++) {
      sums[at + i] += weight * labels[from + i];
    }
  }

  /** A feature that is not finite has spoilt the sums of its block, whatever its weight was. */
  private void requireFinite(ExampleBlock block, double[] sums) {
    for (int slot = 0; slot < width; slot++) {
      for (int row = 0; row < block.rows() && !Double.isFinite(sums[1 + slot]); row++) {
        requireFinite(block, row);
      }
    }
  }

  private void requireFinite(ExampleBlock block, int row) {
    for (int index = row * width; index < (row + 1) * width; index++) {
      if (!Float.isFinite(block.features()[index])) {
        throw notFinite(block, index);
      }
    }
  }

  private DataException notFinite(ExampleBlock block, int index) {
    boolean missing = Float.isNaN(block.features()[index]);
    return new DataException(
        "feature '"
            + examples.layout().slots().get(index % width).name()
            + "' is "
            + (missing ? "missing" : "infinite")
            + " in row "
            + block.rowIds()[index / width]
            + ": a linear model needs a number there; "
            + (missing ? "impute it" : "clip it or make it missing and impute it")
            + " in the feature pipeline");
  }

  @Override
  public ExactSums merge(ExactSums left, ExactSums right) {
    return left.add(right);
  }

  @Override
  public double[] update(double[] state, ExactSums total) {
    return total.values();
  }

  private Moments moments(double[] sums) {
    double weight = sums[0];
    if (!(weight > 0 && weight < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "the weights of all "
              + examples.rows()
              + " examples must have a positive, finite sum but it is "
              + weight);
    }
    if (!Arrays.stream(sums).allMatch(Double::isFinite)) {
      throw new IllegalArgumentException(
          "features and labels times their weights must have a finite sum; bring labels and weights"
              + " to a smaller scale");
    }
    double[] means = new double[width];
    double[] variances = new double[width];
    for (int slot = 0; slot < width; slot++) {
      means[slot] = sums[1 + slot] / weight;
      double square = sums[1 + width + slot] / weight;
      variances[slot] = Math.max(square - means[slot] * means[slot], LEAST_VARIANCE * square);
    }
    double[] ofLabels = Arrays.copyOfRange(sums, 1 + 2 * width, sums.length);
    return classes > 0
        ? new Moments(weight, means, variances, ofLabels, new double[0])
        : new Moments(
            weight,
            means,
            variances,
            new double[0],
            Arrays.stream(ofLabels).map(sum -> sum / weight).toArray());
  }
}
