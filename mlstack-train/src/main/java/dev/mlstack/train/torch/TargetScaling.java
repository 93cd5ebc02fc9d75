package dev.mlstack.train.torch;

import dev.mlstack.core.math.ExactSum;
import dev.mlstack.model.ExampleBlock;
import dev.mlstack.model.Examples;
import dev.mlstack.store.Value;
import java.util.Arrays;

/**
 * Where the numbers of an output lie and how far they spread, so that the network sees them around
 * 0 with a deviation of 1, whatever their unit.
 *
 * <p>Each number of an array has its own mean, but all share one deviation, so that the squared
 * error of the network is that of the array in another unit.
 */
final class TargetScaling {

  private final double[] means;
  private final double deviation;

  /**
   * Creates a scaling.
   *
   * @param means the mean of each number; finite
   * @param deviation finite and positive
   */
  TargetScaling(double[] means, double deviation) {
    boolean valid = Arrays.stream(means).allMatch(Double::isFinite) && deviation > 0;
    if (!valid || Double.isInfinite(deviation)) {
      throw new IllegalArgumentException(
          "means must be finite and the deviation finite and positive but they are "
              + Arrays.toString(means)
              + " and "
              + deviation);
    }
    this.means = means.clone();
    this.deviation = deviation;
  }

  /**
   * Measures the labels of examples; weights count.
   *
   * @param column the column of the output, for the message
   * @param examples at least one with a positive weight
   * @param from the index of the first number of the output among the labels of a row
   * @param width how many numbers the output has
   * @throws IllegalArgumentException if the deviation is beyond a double
   */
  static TargetScaling of(String column, Examples examples, int from, int width) {
    double weight = weightedSum(examples, (block, row) -> 1);
    double[] means = new double[width];
    double squares = 0;
    for (int i = 0; i < width; i++) {
      int place = from + i;
      double mean = weightedSum(examples, (block, row) -> label(block, row, place)) / weight;
      means[i] = mean;
      squares +=
          weightedSum(
              examples,
              (block, row) -> {
                double error = label(block, row, place) - mean;
                return error * error;
              });
    }
    double deviation = Math.sqrt(squares / weight / width);
    if (!Double.isFinite(deviation)) {
      throw new IllegalArgumentException(
          "the values of '" + column + "' are too far apart to be learned; rescale them");
    }
    return new TargetScaling(means, deviation == 0 ? 1 : deviation);
  }

  private static double label(ExampleBlock block, int row, int place) {
    return block.labels()[row * (block.labels().length / block.rows()) + place];
  }

  @FunctionalInterface
  private interface RowNumber {
    double of(ExampleBlock block, int row);
  }

  private static double weightedSum(Examples examples, RowNumber number) {
    ExactSum sum = new ExactSum();
    for (int i = 0; i < examples.blocks(); i++) {
      ExampleBlock block = examples.block(i);
      for (int row = 0; row < block.rows(); row++) {
        sum.add(block.weights()[row] * number.of(block, row));
      }
    }
    return sum.value();
  }

  static TargetScaling fromValue(Value value) {
    Value.Doc doc = value.asDoc();
    return new TargetScaling(doc.reals("means"), doc.real("deviation"));
  }

  Value.Doc toValue() {
    return Value.doc().put("means", Value.ofReals(means)).put("deviation", deviation).build();
  }

  int width() {
    return means.length;
  }

  /** Returns what the network is to give for a number. */
  float scale(double number, int index) {
    return (float) ((number - means[index]) / deviation);
  }

  /** Returns the number that the network means. */
  double unscale(float scaled, int index) {
    return means[index] + deviation * scaled;
  }
}
