package dev.mlstack.data.columnar;

import dev.mlstack.data.arrow.ColumnBuffers;
import dev.mlstack.schema.FieldType;
import java.math.BigDecimal;
import java.math.BigInteger;

/** Decimal numbers. */
abstract class DecimalConversion extends Conversion {

  /** Powers of ten up to the last that is exact as a double. */
  private static final double[] POWERS = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22
  };

  private static final long EXACT = 1L << 53;

  private final ColumnType.Decimal from;
  private final int width;

  DecimalConversion(ColumnType.Decimal from, int width) {
    this.from = from;
    this.width = width;
  }

  @Override
  final ColumnBuffers convert(RawColumn raw, BadValues bad) {
    byte[] values = output(raw, width);
    for (int row = 0; row < raw.rows(); row++) {
      if (raw.isPresent(row)) {
        set(values, row, raw.values(), bad);
      }
    }
    return buffers(raw, values);
  }

  abstract void set(byte[] to, int row, byte[] values, BadValues bad);

  /** Returns a number. */
  final BigDecimal decimal(byte[] values, int row) {
    int bytes = from.width();
    byte[] bigEndian = new byte[bytes];
    for (int i = 0; i < bytes; i++) {
      bigEndian[i] = values[(row + 1) * bytes - 1 - i];
    }
    return new BigDecimal(new BigInteger(bigEndian), from.scale());
  }

  /** Tells whether a number is that of its first 64 bits. */
  final boolean isShort(byte[] values, int row) {
    int at = row * from.width();
    if (from.width() <= Long.BYTES) {
      return true;
    }
    long sign = LittleEndian.int64(values, at) >> 63;
    for (int i = Long.BYTES; i < from.width(); i += Long.BYTES) {
      if (LittleEndian.int64(values, at + i) != sign) {
        return false;
      }
    }
    return true;
  }

  final long unscaled(byte[] values, int row) {
    return LittleEndian.whole(values, row * from.width(), Math.min(from.width(), Long.BYTES));
  }

  final int scale() {
    return from.scale();
  }

  /** The nearest floating-point numbers. */
  static final class ToReal extends DecimalConversion {
    private final int width;

    ToReal(ColumnType.Decimal from, int width) {
      super(from, width);
      this.width = width;
    }

    @Override
    void set(byte[] to, int row, byte[] values, BadValues bad) {
      double value;
      if (width == Float.BYTES) {
        value = decimal(values, row).floatValue();
      } else {
        long unscaled = unscaled(values, row);
        boolean exact = scale() >= 0 && scale() < POWERS.length && isShort(values, row);
        // A division of two exact numbers is rounded once.
        value =
            exact && unscaled > -EXACT && unscaled < EXACT
                ? unscaled / POWERS[scale()]
                : decimal(values, row).doubleValue();
      }
      LittleEndian.putReal(to, row * width, width, value);
    }
  }

  /** Whole numbers. What has a fraction or does not fit is bad. */
  static final class ToInt extends DecimalConversion {
    private final FieldType.Int to;

    ToInt(ColumnType.Decimal from, FieldType.Int to) {
      super(from, to.bits() / Byte.SIZE);
      this.to = to;
    }

    @Override
    void set(byte[] bytes, int row, byte[] values, BadValues bad) {
      BigDecimal number = decimal(values, row).stripTrailingZeros();
      boolean fits =
          number.scale() <= 0
              && number.precision() - number.scale() <= 19
              && number.toBigInteger().bitLength() < to.bits();
      if (!fits) {
        bad.add(row, number.toString(), "not a whole number of " + to.bits() + " bits");
      }
      int width = to.bits() / Byte.SIZE;
      LittleEndian.putWhole(bytes, row * width, width, fits ? number.longValue() : 0);
    }
  }
}
