package dev.mlstack.data.columnar;

import dev.mlstack.data.arrow.ColumnBuffers;

/** Values of a fixed width that stand as they should. */
final class CopyConversion extends Conversion {

  private final int width;

  CopyConversion(int width) {
    this.width = width;
  }

  @Override
  ColumnBuffers convert(RawColumn raw, BadValues bad) {
    ColumnBuffers buffers = buffers(raw, raw.values());
    if (buffers.nulls() > 0) {
      raw.clearMissing(width);
    }
    return buffers;
  }
}
