package dev.mlstack.data.arrow;

import dev.mlstack.schema.Field;
import dev.mlstack.table.ColumnData;
import dev.mlstack.table.DoubleColumn;
import java.nio.ByteBuffer;

/** Collects values of type real. */
public final class DoubleColumnBuilder extends BytesColumnBuilder {

  DoubleColumnBuilder(Field field, ArrowTableBuilder table) {
    super(field, table, Widths.of(field.type()));
  }

  /** Sets the value of the current row; a type of 32 bits narrows it. */
  public void set(double value) {
    int row = row();
    markPresent(row);
    put(row, value);
  }

  private void put(int row, double value) {
    if (width == Float.BYTES) {
      Bytes.putFloat32(values, row * width, (float) value);
    } else {
      Bytes.putFloat64(values, row * width, value);
    }
  }

  @Override
  void copyValues(ColumnData column, int from, int count) {
    DoubleColumn doubles = (DoubleColumn) column;
    for (int i = 0; i < count; i++) {
      int row = row() + i;
      put(row, isNull(row) ? 0 : doubles.get(from + i));
    }
  }

  @Override
  byte[] encode() {
    ByteBuffer bytes = encoding(0, bytes());
    for (int row = 0; row < row(); row++) {
      if (width == Float.BYTES) {
        bytes.putInt(Canonical.bits(Bytes.float32(values, row * width)));
      } else {
        bytes.putLong(Canonical.bits(Bytes.float64(values, row * width)));
      }
    }
    return bytes.array();
  }
}
