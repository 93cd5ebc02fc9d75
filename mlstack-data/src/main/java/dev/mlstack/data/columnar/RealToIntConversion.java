package dev.mlstack.data.columnar;

import dev.mlstack.data.arrow.ColumnBuffers;
import dev.mlstack.schema.FieldType;

/** Floating-point numbers as whole ones. What has a fraction or does not fit is bad. */
final class RealToIntConversion extends Conversion {

  private static final double TWO_TO_63 = 0x1p63;

  private final int width;
  private final FieldType.Int to;

  RealToIntConversion(int width, FieldType.Int to) {
    this.width = width;
    this.to = to;
  }

  @Override
  ColumnBuffers convert(RawColumn raw, BadValues bad) {
    int toWidth = to.bits() / Byte.SIZE;
    byte[] values = output(raw, toWidth);
    for (int row = 0; row < raw.rows(); row++) {
      if (raw.isPresent(row)) {
        double value = LittleEndian.real(raw.values(), row * width, width);
        boolean whole = Math.rint(value) == value && value >= -TWO_TO_63 && value < TWO_TO_63;
        if (!whole || !to.contains((long) value)) {
          bad.add(row, Double.toString(value), "not a whole number of " + to.bits() + " bits");
        }
        LittleEndian.putWhole(values, row * toWidth, toWidth, (long) value);
      }
    }
    return buffers(raw, values);
  }
}
