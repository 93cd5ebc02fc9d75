package dev.mlstack.core.feature;

import dev.mlstack.feature.FeatureSink;
import dev.mlstack.feature.FittedTransform.TextToIndicators;
import dev.mlstack.feature.ValueBlock;
import dev.mlstack.schema.FieldType;
import dev.mlstack.table.ColumnData;
import dev.mlstack.table.Table;
import dev.mlstack.table.TensorColumn;
import java.util.Optional;

/** Encodes columns of one table, block by block. */
final class TableEncoder {

  /** How many rows go through a chain at once: few enough to stay in the cache. */
  static final int BLOCK_ROWS = 512;

  /** How many numbers of tensors are turned from rows into columns at once. */
  private static final int TENSOR_NUMBERS = 1 << 16;

  private final Table table;
  private final FeatureSink sink;
  private final ChainBlocks blocks;
  private final float[] floats;
  private final int[] indicators;

  TableEncoder(Table table, FeatureSink sink) {
    this.table = table;
    this.sink = sink;
    int capacity = Math.min(BLOCK_ROWS, table.rows());
    this.blocks = new ChainBlocks(capacity);
    this.floats = new float[capacity];
    this.indicators = new int[capacity];
  }

  /**
   * Encodes what a chain takes from some rows.
   *
   * @param column the index of its column in the table
   * @param slot the index of its first slot
   */
  void encode(Chain chain, int column, int slot, int from, int count) {
    ColumnData data = table.column(column);
    if (data instanceof TensorColumn tensors) {
      encodeTensors(tensors, slot, from, count);
      return;
    }
    ValueBlock block = blocks.read(chain, data, from, count);
    Optional<TextToIndicators> encoding = chain.encoding();
    if (encoding.isPresent()) {
      encodeIndicators(encoding.get(), (ValueBlock.Texts) block, slot, from);
    } else {
      Floats.narrow(((ValueBlock.Numbers) block).values(), floats, count);
      sink.numbers(slot, from, floats, count);
    }
  }

  private void encodeIndicators(
      TextToIndicators encoding, ValueBlock.Texts texts, int slot, int from) {
    int width = encoding.indicators().size();
    for (int i = 0; i < texts.size(); i++) {
      indicators[i] = Indicators.of(encoding, texts.values()[i], width);
    }
    sink.indicators(slot, from, indicators, texts.size());
  }

  private void encodeTensors(TensorColumn column, int slot, int from, int count) {
    int size = ((FieldType.Tensor) column.field().type()).size();
    int rows = Math.max(1, Math.min(count, TENSOR_NUMBERS / size));
    float[] tensors = new float[rows * size];
    for (int start = from; start < from + count; start += rows) {
      int end = Math.min(start + rows, from + count);
      for (int row = start; row < end; row++) {
        column.read(row, tensors, (row - start) * size);
      }
      for (int i = 0; i < size; i++) {
        for (int row = start; row < end; row++) {
          floats[row - start] = Floats.narrow(tensors[(row - start) * size + i]);
        }
        sink.numbers(slot + i, start, floats, end - start);
      }
    }
  }
}
