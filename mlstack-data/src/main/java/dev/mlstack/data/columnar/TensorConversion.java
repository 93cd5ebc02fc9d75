package dev.mlstack.data.columnar;

import dev.mlstack.data.arrow.ColumnBuffers;

/** Lists of numbers of another width as tensors; those of 64 bits become the nearest of 32. */
class TensorConversion extends Conversion {

  private final int width;
  private final int size;

  /**
   * Creates a conversion.
   *
   * @param width how many bytes a number takes: 2, 4 or 8
   * @param size how many numbers a tensor has
   */
  TensorConversion(int width, int size) {
    this.width = width;
    this.size = size;
  }

  @Override
  final ColumnBuffers convert(RawColumn raw, BadValues bad) {
    byte[] values = output(raw, Math.multiplyExact(size, Float.BYTES));
    for (int row = 0; row < raw.rows(); row++) {
      if (raw.isPresent(row)) {
        int from = from(raw, row, bad);
        for (int i = 0; from >= 0 && i < size; i++) {
          double number = LittleEndian.real(raw.values(), from + i * width, width);
          LittleEndian.putReal(values, (row * size + i) * Float.BYTES, Float.BYTES, number);
        }
      }
    }
    return buffers(raw, values);
  }

  /** Returns where the numbers of a row begin, or -1 if they are bad. */
  int from(RawColumn raw, int row, BadValues bad) {
    return row * size * width;
  }

  /** Lists of any size, which must be that of the tensor. */
  static final class OfLists extends TensorConversion {
    private final int bytes;
    private final int width;

    OfLists(int width, int size) {
      super(width, size);
      this.width = width;
      this.bytes = Math.multiplyExact(size, width);
    }

    @Override
    int from(RawColumn raw, int row, BadValues bad) {
      int from = raw.offsets()[row];
      int found = raw.offsets()[row + 1] - from;
      if (found != bytes) {
        bad.add(
            row,
            "a list of " + found / width,
            "it has " + found / width + " numbers where the tensor has " + bytes / width);
        return -1;
      }
      return from;
    }
  }
}
