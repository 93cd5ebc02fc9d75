package dev.mlstack.data.arrow;

import dev.mlstack.schema.Field;
import dev.mlstack.table.ColumnData;
import java.util.Arrays;

/** Collects values that all have the same width in bytes. */
public abstract sealed class BytesColumnBuilder extends ArrowColumnBuilder
    permits LongColumnBuilder, DoubleColumnBuilder, CategoryColumnBuilder {

  final int width;
  byte[] values = {};

  BytesColumnBuilder(Field field, ArrowTableBuilder table, int width) {
    super(field, table);
    this.width = width;
  }

  @Override
  final void clearValue(int row) {
    Bytes.putWhole(values, row * width, width, 0);
  }

  @Override
  final void grow(int capacity) {
    super.grow(capacity);
    values = Arrays.copyOf(values, Math.multiplyExact(capacity, width));
  }

  @Override
  final void appendValues(ColumnData column, int from, int count) {
    if (column instanceof ArrowColumns.Fixed fixed) {
      fixed.readBytes(from, count, values, row() * width);
    } else {
      copyValues(column, from, count);
    }
  }

  /** Copies values one by one. */
  abstract void copyValues(ColumnData column, int from, int count);

  @Override
  final long bytes() {
    return (long) row() * width;
  }

  @Override
  final long bytesOf(ColumnData column, int from, int count) {
    return (long) count * width;
  }

  @Override
  Slice[] values() {
    return new Slice[] {new Slice(values, 0, row() * width)};
  }
}
