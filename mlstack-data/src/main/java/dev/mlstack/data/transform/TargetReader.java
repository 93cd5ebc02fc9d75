package dev.mlstack.data.transform;

import dev.mlstack.feature.Transform;
import dev.mlstack.feature.ValueBlock;
import dev.mlstack.table.CategoryColumn;
import dev.mlstack.table.ColumnData;
import dev.mlstack.table.DoubleColumn;
import dev.mlstack.table.LongColumn;
import dev.mlstack.table.Table;
import dev.mlstack.table.TextColumn;
import org.jspecify.annotations.Nullable;

/** Puts what is to be predicted, and the identity of the row, beside each value of a table. */
final class TargetReader {

  private final Table table;
  private final ColumnData column;
  private final @Nullable String positive;

  /**
   * Creates a reader.
   *
   * @throws IllegalArgumentException if the column cannot be read as the target says
   */
  TargetReader(Transform.Target target, Table table) {
    this.table = table;
    this.column = table.column(target.column());
    this.positive = target.positive().orElse(null);
  }

  /** Returns some values with what is to be predicted of their rows, the first {@code from}. */
  ValueBlock label(ValueBlock values, int from) {
    double[] targets = new double[values.size()];
    long[] rowIds = new long[values.size()];
    for (int i = 0; i < targets.length; i++) {
      rowIds[i] = table.rowId(from + i);
      targets[i] = column.isNull(from + i) ? Double.NaN : target(from + i);
    }
    return new ValueBlock.Labelled(values, targets, rowIds);
  }

  private double target(int row) {
    if (positive != null) {
      return positive.equals(text(row)) ? 1 : 0;
    }
    return column instanceof DoubleColumn doubles
        ? doubles.get(row)
        : ((LongColumn) column).get(row);
  }

  private @Nullable String text(int row) {
    return column instanceof CategoryColumn categories
        ? categories.values().get(categories.code(row))
        : ((TextColumn) column).get(row);
  }
}
