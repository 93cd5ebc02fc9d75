package dev.mlstack.core.model;

import dev.mlstack.compute.Execution;
import dev.mlstack.feature.FeatureSink;
import dev.mlstack.model.ExampleBlock;
import dev.mlstack.model.LabelReader;
import dev.mlstack.table.DataException;
import dev.mlstack.table.Shard;
import dev.mlstack.table.Table;
import dev.mlstack.table.TableCursor;
import dev.mlstack.table.TableReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Encodes the rows of one shard after another. Safe for use by several threads. */
final class ShardEncoder {

  private final BiConsumer<Table, FeatureSink> apply;
  private final int width;
  private final LabelReader labelReader;
  private final Optional<String> weight;
  private final Execution execution;

  ShardEncoder(
      BiConsumer<Table, FeatureSink> apply,
      int width,
      LabelReader labelReader,
      Optional<String> weight,
      Execution execution) {
    this.apply = apply;
    this.width = width;
    this.labelReader = labelReader;
    this.weight = weight;
    this.execution = execution;
  }

  /** Returns the rows of a shard, in order, in blocks of any size. */
  List<ExampleBlock> encode(Shard shard) {
    List<ExampleBlock> blocks = new ArrayList<>();
    try (TableReader reader = shard.open()) {
      for (Table table = reader.next(); table != null; table = reader.next()) {
        execution.checkCancelled("encoding");
        encode(table, blocks);
      }
    }
    return blocks;
  }

  private void encode(Table table, List<ExampleBlock> to) {
    BlockedFeatures features = new BlockedFeatures(width);
    apply.accept(table, features);
    TableCursor cursor = table.cursor();
    for (int block = 0; block < features.blocks(); block++) {
      int rows = features.rows(block);
      double[] labels = new double[rows * labelReader.width()];
      double[] weights = new double[rows];
      long[] rowIds = new long[rows];
      for (int row = 0; row < rows && cursor.next(); row++) {
        rowIds[row] = cursor.rowId();
        readLabel(cursor, labels, row * labelReader.width());
        weights[row] = weight(cursor);
      }
      to.add(new ExampleBlock(rows, features.block(block), labels, weights, rowIds));
    }
  }

  private void readLabel(TableCursor cursor, double[] to, int at) {
    try {
      labelReader.read(cursor, to, at);
    } catch (DataException e) {
      DataException inRow = new DataException("row " + cursor.rowId() + ": " + e.getMessage());
      inRow.initCause(e);
      throw inRow;
    }
  }

  private double weight(TableCursor cursor) {
    if (weight.isEmpty()) {
      return 1;
    }
    int field = cursor.schema().indexOf(weight.get());
    if (cursor.isNull(field)) {
      throw new DataException(
          "row "
              + cursor.rowId()
              + ": the weight '"
              + weight.get()
              + "' is missing; give every row one, 0 to leave it out");
    }
    return cursor.number(field);
  }
}
