package dev.mlstack.data.arrow;

import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.table.ColumnData;
import dev.mlstack.table.TensorColumn;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;

/** Collects values of type tensor. */
public final class TensorColumnBuilder extends ArrowColumnBuilder {

  private final int size;
  private final int width;
  private byte[] values = {};

  TensorColumnBuilder(Field field, ArrowTableBuilder table) {
    super(field, table);
    this.size = ((FieldType.Tensor) field.type()).size();
    this.width = Math.multiplyExact(size, Float.BYTES);
  }

  /**
   * Sets the value of the current row.
   *
   * @param numbers has as many numbers as the type says, from {@code at} on; copied
   */
  public void set(float[] numbers, int at) {
    Objects.checkFromIndexSize(at, size, numbers.length);
    int row = row();
    markPresent(row);
    Bytes.floats(values, row * width, size).put(numbers, at, size);
  }

  @Override
  void clearValue(int row) {
    Arrays.fill(values, row * width, (row + 1) * width, (byte) 0);
  }

  @Override
  void grow(int capacity) {
    super.grow(capacity);
    values = Arrays.copyOf(values, Math.multiplyExact(capacity, width));
  }

  @Override
  void appendValues(ColumnData column, int from, int count) {
    int start = row() * width;
    if (column instanceof ArrowColumns.Tensors tensors) {
      tensors.numbers.getBytes((long) from * width, values, start, count * width);
      return;
    }
    float[] numbers = new float[size];
    for (int i = 0; i < count; i++) {
      if (isNull(row() + i)) {
        clearValue(row() + i);
      } else {
        ((TensorColumn) column).read(from + i, numbers, 0);
        Bytes.floats(values, start + i * width, size).put(numbers);
      }
    }
  }

  @Override
  long bytes() {
    return (long) row() * width;
  }

  @Override
  long bytesOf(ColumnData column, int from, int count) {
    return (long) count * width;
  }

  @Override
  Slice[] values() {
    return new Slice[] {new Slice(values, 0, row() * width)};
  }

  @Override
  byte[] encode() {
    ByteBuffer bytes = encoding(0, bytes());
    for (int at = 0; at < row() * width; at += Float.BYTES) {
      bytes.putInt(Canonical.bits(Bytes.float32(values, at)));
    }
    return bytes.array();
  }
}
