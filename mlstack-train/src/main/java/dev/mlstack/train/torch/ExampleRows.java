package dev.mlstack.train.torch;

import ai.djl.pytorch.engine.PtNDManager;
import dev.mlstack.compute.Rounds;
import dev.mlstack.core.math.ExactSum;
import dev.mlstack.feature.Slot;
import dev.mlstack.model.ExampleBlock;
import dev.mlstack.model.Examples;
import dev.mlstack.table.DataException;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Examples that a network can learn from, and that batches are gathered from.
 *
 * <p>A batch is copied from the blocks of the examples straight into memory of libtorch: no second
 * copy of the data is held, and it takes less time than gathering from a native array.
 */
final class ExampleRows {

  private final int width;
  private final int labelWidth;
  private final List<ExampleBlock> blocks;
  private final int size;
  private final double totalWeight;

  private ExampleRows(Examples examples, List<ExampleBlock> blocks, double totalWeight) {
    this.width = examples.signature().width();
    this.labelWidth = examples.signature().labelWidth();
    this.blocks = blocks;
    this.size = Math.toIntExact(examples.rows());
    this.totalWeight = totalWeight;
  }

  /**
   * Checks that a network can learn from examples, and returns their rows.
   *
   * @throws IllegalArgumentException if it cannot; the message says why
   * @throws DataException if a feature is missing or infinite
   */
  static ExampleRows of(Examples examples) {
    List<Slot> slots = examples.layout().slots();
    slots.forEach(ExampleRows::requireNumber);
    if (examples.rows() > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "a network learns from at most "
              + Integer.MAX_VALUE
              + " examples but there are "
              + examples.rows());
    }
    List<ExampleBlock> blocks = new ArrayList<>(examples.blocks());
    ExactSum weights = new ExactSum();
    for (int i = 0; i < examples.blocks(); i++) {
      ExampleBlock block = examples.block(i);
      requireFinite(block, slots);
      weights.add(block.weights(), 0, block.rows());
      blocks.add(block);
    }
    return new ExampleRows(examples, blocks, requirePositive(weights.value()));
  }

  private static void requireNumber(Slot slot) {
    if (slot.kind() == Slot.Kind.CODE) {
      throw new IllegalArgumentException(
          "a network cannot learn from the codes in slot '"
              + slot.name()
              + "'; encode column '"
              + slot.column()
              + "' as indicators");
    }
  }

  private static void requireFinite(ExampleBlock block, List<Slot> slots) {
    float[] features = block.features();
    for (int i = 0; i < block.rows() * slots.size(); i++) {
      if (!Float.isFinite(features[i])) {
        throw new DataException(
            "features must be finite but slot '"
                + slots.get(i % slots.size()).name()
                + "' of row "
                + block.rowIds()[i / slots.size()]
                + " is "
                + features[i]
                + "; impute missing values");
      }
    }
  }

  private static double requirePositive(double totalWeight) {
    if (!(totalWeight > 0 && totalWeight < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "the sum of the weights of the examples must be positive and finite but is "
              + totalWeight);
    }
    return totalWeight;
  }

  /** Returns how many examples there are. */
  int size() {
    return size;
  }

  /** Returns the sum of the weights of all examples; positive and finite. */
  double totalWeight() {
    return totalWeight;
  }

  /**
   * Copies a batch.
   *
   * @param manager owns the arrays
   * @param head says what the network is to give for a label
   * @param order the examples, by their places
   * @param from the index in {@code order} of the first
   * @param count how many
   * @param scale what weights are multiplied with
   */
  Batch batch(PtNDManager manager, Head head, int[] order, int from, int count, double scale) {
    float[] targets = new float[count * head.width()];
    float[] weights = new float[count];
    for (int i = 0; i < count; i++) {
      ExampleBlock block = blocks.get(order[from + i] / Rounds.BLOCK_ROWS);
      int row = order[from + i] % Rounds.BLOCK_ROWS;
      double weight = block.weights()[row] * scale;
      head.target(block.labels(), row * labelWidth, weight, targets, i * head.width());
      weights[i] = (float) weight;
    }
    return new Batch(
        NativeArrays.create(manager, memory -> copy(order, from, count, memory), count, width),
        NativeArrays.create(manager, targets, count, head.width()),
        NativeArrays.create(manager, weights, count, 1));
  }

  private void copy(int[] order, int from, int count, FloatBuffer features) {
    for (int i = from; i < from + count; i++) {
      ExampleBlock block = blocks.get(order[i] / Rounds.BLOCK_ROWS);
      features.put(block.features(), order[i] % Rounds.BLOCK_ROWS * width, width);
    }
  }
}
