package dev.mlstack.core.evaluate;

import dev.mlstack.compute.Execution;
import dev.mlstack.compute.Progress;
import dev.mlstack.feature.RowEncoder;
import dev.mlstack.model.FittedModel;
import dev.mlstack.model.LabelReader;
import dev.mlstack.model.Output;
import dev.mlstack.table.DataException;
import dev.mlstack.table.Dataset;
import dev.mlstack.table.Row;
import dev.mlstack.table.Table;
import dev.mlstack.table.TableCursor;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Reads and encodes all rows on the calling thread, and has blocks of them scored by an execution.
 *
 * <p>Owns the tasks that it hands over: once it is closed none of them runs, so that whoever owns
 * the model may close that.
 */
final class Scoring implements AutoCloseable {

  private static final String TASK = "evaluate";
  private static final int REPORTS = 50;

  /** How much greater than 1 a probability may be that was computed in 32 bits. */
  private static final double TOLERANCE = 1e-6;

  private final FittedModel<?> fitted;
  private final Dataset data;
  private final Execution execution;
  private final RowEncoder encoder;
  private final LabelReader reader;
  private final boolean[] isProbability;
  private final int expectedRows;
  private final int labelWidth;
  private final double[] numbers;
  private final double[] labels;
  private final Queue<Block> underWay = new ArrayDeque<>();
  private Block block;
  private int rows;
  private long reported = -1;

  /**
   * Prepares to score.
   *
   * @param numbers takes what the model gives, row by row
   * @param labels takes what is true, row by row
   */
  Scoring(
      FittedModel<?> fitted, Dataset data, Execution execution, double[] numbers, double[] labels) {
    this.fitted = fitted;
    this.data = data;
    this.execution = execution;
    this.encoder = fitted.pipeline().encoder(data.schema());
    this.reader = fitted.label().reader(data.schema());
    this.isProbability = isProbability(fitted.label().outputs());
    this.expectedRows = Math.toIntExact(data.rows());
    this.labelWidth = reader.width();
    this.numbers = numbers;
    this.labels = labels;
    this.block = new Block();
  }

  private static boolean[] isProbability(List<Output> outputs) {
    boolean[] flags = new boolean[outputs.stream().mapToInt(Output::width).sum()];
    int at = 0;
    for (Output output : outputs) {
      for (int i = 0; i < output.width(); i++) {
        flags[at++] = output instanceof Output.Classes;
      }
    }
    return flags;
  }

  /** Some rows on their way through the model. */
  private final class Block {
    final int capacity = Answers.blockRows(encoder.width());
    final float[] features = new float[capacity * encoder.width()];
    final double[] scores = new double[capacity * isProbability.length];
    final long[] rowIds = new long[capacity];
    int start;
    int size;
    CompletableFuture<Void> task = CompletableFuture.completedFuture(null);

    void score() {
      fitted.model().score(features, size, scores);
      int width = isProbability.length;
      for (int i = 0; i < size * width; i++) {
        if (!isPossible(scores[i], isProbability[i % width])) {
          throw impossible(rowIds[i / width], i % width, scores[i]);
        }
      }
      System.arraycopy(scores, 0, numbers, start * width, size * width);
    }
  }

  private static boolean isPossible(double number, boolean probability) {
    return probability ? number >= 0 && number <= 1 + TOLERANCE : Double.isFinite(number);
  }

  private ArithmeticException impossible(long rowId, int index, double number) {
    return new ArithmeticException(
        "model "
            + fitted.model().digest().abbreviated()
            + " gave "
            + number
            + " as number "
            + index
            + " of its answer for row "
            + rowId
            + ", which is "
            + (isProbability[index] ? "no probability" : "not finite")
            + "; look for extreme values in that row, or train the model anew");
  }

  /** Scores all rows. */
  void run() {
    data.forEach(this::read);
    if (block.size > 0) {
      handOver();
    }
    while (!underWay.isEmpty()) {
      join(underWay.remove());
    }
    if (rows != expectedRows) {
      throw wrongCount();
    }
    report();
  }

  private IllegalStateException wrongCount() {
    return new IllegalStateException(
        "data "
            + data.digest().abbreviated()
            + " must have "
            + expectedRows
            + " rows but a different number was read");
  }

  private void read(Table table) {
    TableCursor cursor = table.cursor();
    while (cursor.next()) {
      if (rows == expectedRows) {
        throw wrongCount();
      }
      readLabel(cursor, cursor.rowId());
      encoder.encode(cursor, block.features, block.size * encoder.width());
      block.rowIds[block.size++] = cursor.rowId();
      rows++;
      if (block.size == block.capacity) {
        handOver();
      }
    }
  }

  private void readLabel(Row row, long rowId) {
    int at = rows * labelWidth;
    try {
      reader.read(row, labels, at);
    } catch (DataException e) {
      DataException named = new DataException("row " + rowId + ": " + e.getMessage());
      named.initCause(e);
      throw named;
    }
    for (int i = at; i < at + labelWidth; i++) {
      if (!Double.isFinite(labels[i])) {
        throw new DataException("row " + rowId + ": labels must be finite but one is " + labels[i]);
      }
    }
  }

  /** Has the block scored, and takes the next: a new one, or the first that is done. */
  private void handOver() {
    execution.checkCancelled(TASK);
    report();
    Block full = block;
    full.start = rows - full.size;
    full.task = CompletableFuture.runAsync(full::score, execution.executor());
    underWay.add(full);
    block = underWay.size() < execution.parallelism() ? new Block() : join(underWay.remove());
    block.size = 0;
  }

  private static Block join(Block block) {
    try {
      block.task.join();
      return block;
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }

  private void report() {
    long share = (long) rows * REPORTS / expectedRows;
    if (share > reported) {
      reported = share;
      execution.report(Progress.of(TASK, rows, expectedRows));
    }
  }

  @Override
  public void close() {
    underWay.forEach(block -> block.task.handle((nothing, error) -> true).join());
  }
}
