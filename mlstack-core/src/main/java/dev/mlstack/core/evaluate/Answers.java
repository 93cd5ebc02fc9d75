package dev.mlstack.core.evaluate;

import dev.mlstack.compute.Execution;
import dev.mlstack.model.FittedModel;
import dev.mlstack.model.Output;
import dev.mlstack.table.Dataset;
import java.util.List;

/**
 * What a model answers for all rows of a dataset, and what is true.
 *
 * <p>The rows of the whole dataset, one after another, are scored in blocks of {@link #BLOCK_ROWS}:
 * so the blocks, on which the last bits of a network's answers depend, do not depend on how the
 * data is cut into tables and shards.
 */
final class Answers {

  static final int BLOCK_ROWS = 1024;

  private static final int BLOCK_NUMBERS = 1 << 24;
  private static final int MAX_NUMBERS = Integer.MAX_VALUE - 8;

  private final List<Output> outputs;
  private final int rows;
  private final double[] numbers;
  private final double[] labels;

  private Answers(List<Output> outputs, int rows, double[] numbers, double[] labels) {
    this.outputs = outputs;
    this.rows = rows;
    this.numbers = numbers;
    this.labels = labels;
  }

  static Answers of(FittedModel<?> fitted, Dataset data, Execution execution) {
    List<Output> outputs = fitted.label().outputs();
    int width = outputs.stream().mapToInt(Output::width).sum();
    int labelWidth = outputs.stream().mapToInt(Output::labelWidth).sum();
    int rows = requireRows(data.rows(), Math.max(width, labelWidth));
    Answers answers =
        new Answers(outputs, rows, new double[rows * width], new double[rows * labelWidth]);
    try (Scoring scoring = new Scoring(fitted, data, execution, answers.numbers, answers.labels)) {
      scoring.run();
    }
    return answers;
  }

  private static int requireRows(long rows, int width) {
    if (rows < 1) {
      throw new IllegalArgumentException("data must have at least 1 row but has none");
    }
    if (rows > MAX_NUMBERS / width) {
      throw new IllegalArgumentException(
          "data must have at most "
              + MAX_NUMBERS / width
              + " rows to be evaluated with "
              + width
              + " numbers each but has "
              + rows
              + "; evaluate a part of it");
    }
    return (int) rows;
  }

  /** Returns how many rows of so many features are scored at once. */
  static int blockRows(int width) {
    return Math.max(1, Math.min(BLOCK_ROWS, BLOCK_NUMBERS / Math.max(1, width)));
  }

  /** Returns how many rows there are. */
  int rows() {
    return rows;
  }

  /** Returns the answers for one output, row by row. */
  double[] outputs(int index) {
    int start = outputs.subList(0, index).stream().mapToInt(Output::width).sum();
    return columns(numbers, start, outputs.get(index).width());
  }

  /** Returns the labels of one output, row by row. */
  double[] labels(int index) {
    int start = outputs.subList(0, index).stream().mapToInt(Output::labelWidth).sum();
    return columns(labels, start, outputs.get(index).labelWidth());
  }

  private double[] columns(double[] all, int start, int width) {
    int allWidth = all.length / rows;
    if (width == allWidth) {
      return all;
    }
    double[] columns = new double[rows * width];
    for (int row = 0; row < rows; row++) {
      System.arraycopy(all, row * allWidth + start, columns, row * width, width);
    }
    return columns;
  }
}
