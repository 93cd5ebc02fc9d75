package dev.mlstack.core.profile;

import dev.mlstack.table.ColumnData;
import dev.mlstack.table.DoubleColumn;
import dev.mlstack.table.LongColumn;

/** Reads columns of any type of numbers as doubles, in blocks. Allocates nothing. */
final class NumberReader {

  private static final int BLOCK = 1024;

  private final double[] block = new double[BLOCK];

  /** Takes a block of numbers. */
  interface Sink {
    /** Takes {@code count} numbers from index 0; NaN where one is missing. */
    void add(double[] numbers, int count);
  }

  /** Reads all rows of a column. */
  void read(ColumnData column, Sink sink) {
    for (int from = 0; from < column.rows(); from += BLOCK) {
      int count = Math.min(BLOCK, column.rows() - from);
      if (column instanceof DoubleColumn doubles) {
        doubles.read(from, count, block, 0);
      } else {
        read((LongColumn) column, from, count);
      }
      sink.add(block, count);
    }
  }

  private void read(LongColumn longs, int from, int count) {
    boolean hasNulls = longs.hasNulls();
    for (int i = 0; i < count; i++) {
      block[i] = hasNulls && longs.isNull(from + i) ? Double.NaN : longs.get(from + i);
    }
  }
}
