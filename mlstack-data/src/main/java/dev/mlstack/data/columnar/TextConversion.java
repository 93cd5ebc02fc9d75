package dev.mlstack.data.columnar;

import dev.mlstack.data.arrow.ColumnBuffers;
import dev.mlstack.data.internal.Utf8;
import java.nio.charset.StandardCharsets;

/** Texts. What is not well-formed UTF-8 is bad. */
final class TextConversion extends Conversion {

  private static final long HIGH_BITS = 0x8080_8080_8080_8080L;

  private byte[] starts = {};

  @Override
  ColumnBuffers convert(RawColumn raw, BadValues bad) {
    int nulls = raw.nulls();
    if (nulls > 0) {
      closeGaps(raw);
    }
    int rows = raw.rows();
    int[] offsets = raw.offsets();
    if (!isAscii(raw.values(), offsets[rows])) {
      check(raw, bad);
    }
    if (starts.length < (rows + 1) * Integer.BYTES) {
      starts = new byte[(rows + 1) * Integer.BYTES];
    }
    for (int i = 0; i <= rows; i++) {
      LittleEndian.put32(starts, i * Integer.BYTES, offsets[i]);
    }
    return new ColumnBuffers(nulls, raw.validity(), raw.values(), starts);
  }

  /** Removes bytes that belong to missing values, which files may have. */
  private static void closeGaps(RawColumn raw) {
    int[] offsets = raw.offsets();
    byte[] values = raw.values();
    int end = 0;
    int from = 0;
    for (int row = 0; row < raw.rows(); row++) {
      int to = offsets[row + 1];
      int length = raw.isPresent(row) ? to - from : 0;
      if (from != end && length > 0) {
        System.arraycopy(values, from, values, end, length);
      }
      end += length;
      from = to;
      offsets[row + 1] = end;
    }
  }

  private static boolean isAscii(byte[] bytes, int length) {
    int at = 0;
    for (; at + Long.BYTES <= length; at += Long.BYTES) {
      if ((LittleEndian.int64(bytes, at) & HIGH_BITS) != 0) {
        return false;
      }
    }
    for (; at < length; at++) {
      if (bytes[at] < 0) {
        return false;
      }
    }
    return true;
  }

  private static void check(RawColumn raw, BadValues bad) {
    int[] offsets = raw.offsets();
    for (int row = 0; row < raw.rows(); row++) {
      int from = offsets[row];
      int to = offsets[row + 1];
      if (!Utf8.isWellFormed(raw.values(), from, to)) {
        String shown = new String(raw.values(), from, to - from, StandardCharsets.UTF_8);
        bad.add(row, shown, "not well-formed UTF-8");
      }
    }
  }
}
