package dev.mlstack.core.profile;

import dev.mlstack.schema.FieldType;
import dev.mlstack.table.ColumnData;
import dev.mlstack.table.DoubleColumn;
import dev.mlstack.table.LongColumn;
import dev.mlstack.table.Row;
import dev.mlstack.table.TensorColumn;

/** Reads columns of numbers and tensors as doubles, in blocks. */
final class NumberReader {

  private static final int BLOCK = 1024;

  private final double[] block = new double[BLOCK];
  private final float[] tensor;

  /**
   * Creates a reader for columns of one type.
   *
   * @param type that of the column
   */
  NumberReader(FieldType type) {
    this.tensor = new float[type instanceof FieldType.Tensor shape ? shape.size() : 0];
  }

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
      } else if (column instanceof TensorColumn tensors) {
        read(tensors, from, count);
      } else {
        read((LongColumn) column, from, count);
      }
      sink.add(block, count);
    }
  }

  private void read(TensorColumn tensors, int from, int count) {
    for (int i = 0; i < count; i++) {
      boolean isNull = tensors.isNull(from + i);
      if (!isNull) {
        tensors.read(from + i, tensor, 0);
      }
      block[i] = isNull ? Double.NaN : mean();
    }
  }

  /** Returns the number that the value of a row counts with; NaN if it is missing. */
  double read(Row row, int field) {
    if (tensor.length == 0) {
      return row.number(field);
    } else if (row.isNull(field)) {
      return Double.NaN;
    }
    row.tensor(field, tensor, 0);
    return mean();
  }

  /** Returns the mean of the numbers of the tensor, summed in order. */
  private double mean() {
    double sum = 0;
    for (float number : tensor) {
      sum += number;
    }
    return sum / tensor.length;
  }

  private void read(LongColumn longs, int from, int count) {
    boolean hasNulls = longs.hasNulls();
    for (int i = 0; i < count; i++) {
      block[i] = hasNulls && longs.isNull(from + i) ? Double.NaN : longs.get(from + i);
    }
  }
}
