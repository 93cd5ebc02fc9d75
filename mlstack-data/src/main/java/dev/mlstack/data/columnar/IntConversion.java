package dev.mlstack.data.columnar;

import dev.mlstack.data.arrow.ColumnBuffers;
import dev.mlstack.schema.FieldType;

/** Whole numbers of another width or without a sign. What does not fit is bad. */
final class IntConversion extends Conversion {

  private final ColumnType.Int from;
  private final FieldType.Int to;
  private final long mask;

  IntConversion(ColumnType.Int from, FieldType.Int to) {
    this.from = from;
    this.to = to;
    this.mask = from.signed() || from.bits() == Long.SIZE ? -1 : (1L << from.bits()) - 1;
  }

  @Override
  ColumnBuffers convert(RawColumn raw, BadValues bad) {
    int width = to.bits() / Byte.SIZE;
    byte[] values = output(raw, width);
    boolean unsignedLong = !from.signed() && from.bits() == Long.SIZE;
    for (int row = 0; row < raw.rows(); row++) {
      if (raw.isPresent(row)) {
        long value = LittleEndian.whole(raw.values(), row * from.width(), from.width()) & mask;
        if (!to.contains(value) || (unsignedLong && value < 0)) {
          String shown = unsignedLong ? Long.toUnsignedString(value) : Long.toString(value);
          bad.add(row, shown, "not a whole number of " + to.bits() + " bits");
        }
        LittleEndian.putWhole(values, row * width, width, value);
      }
    }
    return buffers(raw, values);
  }
}
