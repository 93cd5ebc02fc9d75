package dev.mlstack.data.arrow;

import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.table.ColumnData;
import dev.mlstack.table.LongColumn;

/** Collects values of type bool, int, date or timestamp. */
public final class LongColumnBuilder extends BytesColumnBuilder {

  LongColumnBuilder(Field field, ArrowTableBuilder table) {
    super(field, table, Widths.of(field.type()));
  }

  /**
   * Sets the value of the current row.
   *
   * @param value 0 or 1, a number that the type can hold, days, or microseconds; not checked
   */
  public void set(long value) {
    int row = row();
    markPresent(row);
    Bytes.putWhole(values, row * width, width, value);
  }

  @Override
  void copyValues(ColumnData column, int from, int count) {
    LongColumn longs = (LongColumn) column;
    for (int i = 0; i < count; i++) {
      int row = row() + i;
      Bytes.putWhole(values, row * width, width, isNull(row) ? 0 : longs.get(from + i));
    }
  }

  @Override
  Slice[] values() {
    return field().type() instanceof FieldType.Bool ? new Slice[] {bits()} : super.values();
  }

  private Slice bits() {
    byte[] bits = new byte[(row() + 7) / 8];
    for (int row = 0; row < row(); row++) {
      bits[row >> 3] |= (byte) (values[row] << (row & 7));
    }
    return new Slice(bits, 0, bits.length);
  }

  @Override
  byte[] encode() {
    return encoding(0, bytes()).put(values, 0, row() * width).array();
  }
}
