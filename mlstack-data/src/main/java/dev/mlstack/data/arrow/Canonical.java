package dev.mlstack.data.arrow;

/** What {@link dev.mlstack.core.table.ColumnCodec} makes of numbers and sizes. */
final class Canonical {

  private Canonical() {}

  /** Returns the bits of a number, the same for all NaNs and for both zeros. */
  static long bits(double value) {
    return Double.doubleToLongBits(value == 0 ? 0.0 : value);
  }

  /** Returns the bits of a number, the same for all NaNs and for both zeros. */
  static int bits(float value) {
    return Float.floatToIntBits(value == 0 ? 0.0f : value);
  }

  /** Returns how many bytes a code takes if there are {@code size} of them. */
  static int codeWidth(int size) {
    return size <= 1 << 8 ? 1 : size <= 1 << 16 ? 2 : 4;
  }

  /** Returns the bits that codes of a width have. */
  static long codeMask(int width) {
    return (1L << (width * Byte.SIZE)) - 1;
  }
}
