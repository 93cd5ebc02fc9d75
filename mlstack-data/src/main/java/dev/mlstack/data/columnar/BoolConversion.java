package dev.mlstack.data.columnar;

import dev.mlstack.data.arrow.ColumnBuffers;

/** Truth values: a bit for each byte. */
final class BoolConversion extends Conversion {

  @Override
  ColumnBuffers convert(RawColumn raw, BadValues bad) {
    byte[] flags = raw.values();
    byte[] bits = output(raw, 1);
    for (int row = 0; row < raw.rows(); row++) {
      bits[row >> 3] |= (byte) ((flags[row] & 1) << (row & 7));
    }
    for (int i = 0; i < (raw.rows() + 7) / 8; i++) {
      bits[i] &= raw.validity()[i];
    }
    return buffers(raw, bits);
  }
}
