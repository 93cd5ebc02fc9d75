package dev.mlstack.data.columnar;

import dev.mlstack.data.arrow.ColumnBuffers;
import java.util.Arrays;

/**
 * Makes a column of ours of a column of a file. Keeps arrays from batch to batch; for use by one
 * thread at a time.
 */
abstract class Conversion {

  private byte[] output = {};

  /**
   * Converts a batch.
   *
   * @param raw the values; may be changed
   * @param bad hears of values that cannot be kept; any value may stand in their place
   * @return buffers, valid until the next batch
   */
  abstract ColumnBuffers convert(RawColumn raw, BadValues bad);

  /** Returns an array of zeros. */
  final byte[] output(RawColumn raw, int width) {
    int bytes = Math.multiplyExact(raw.rows(), width);
    if (output.length < bytes) {
      output = new byte[bytes];
    } else {
      Arrays.fill(output, 0, bytes, (byte) 0);
    }
    return output;
  }

  static ColumnBuffers buffers(RawColumn raw, byte[] values) {
    return ColumnBuffers.of(raw.nulls(), raw.validity(), values);
  }
}
