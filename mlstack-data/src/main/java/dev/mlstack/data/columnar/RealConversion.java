package dev.mlstack.data.columnar;

import dev.mlstack.data.arrow.ColumnBuffers;

/** Numbers as floating-point numbers, the nearest where they have more digits. */
abstract class RealConversion extends Conversion {

  private final int width;

  RealConversion(int width) {
    this.width = width;
  }

  abstract double value(byte[] values, int row);

  @Override
  final ColumnBuffers convert(RawColumn raw, BadValues bad) {
    byte[] values = output(raw, width);
    for (int row = 0; row < raw.rows(); row++) {
      if (raw.isPresent(row)) {
        LittleEndian.putReal(values, row * width, width, value(raw.values(), row));
      }
    }
    return buffers(raw, values);
  }

  /** Floating-point numbers of another width. */
  static final class OfReal extends RealConversion {
    private final int from;

    OfReal(int from, int width) {
      super(width);
      this.from = from;
    }

    @Override
    double value(byte[] values, int row) {
      return LittleEndian.real(values, row * from, from);
    }
  }

  /** Whole numbers. */
  static final class OfInt extends RealConversion {
    private final ColumnType.Int from;
    private final boolean narrow;

    OfInt(ColumnType.Int from, int width) {
      super(width);
      this.from = from;
      this.narrow = width == Float.BYTES;
    }

    @Override
    double value(byte[] values, int row) {
      long value = LittleEndian.whole(values, row * from.width(), from.width());
      if (!from.signed() && from.bits() < Long.SIZE) {
        value &= (1L << from.bits()) - 1;
      } else if (!from.signed() && value < 0) {
        // Half of it, and its last bit where it decides the rounding.
        long half = (value >>> 1) | (value & 1);
        return narrow ? 2.0f * (float) half : 2.0 * half;
      }
      // Straight to the narrow type: by way of 64 bits it would be rounded twice.
      return narrow ? (float) value : (double) value;
    }
  }
}
