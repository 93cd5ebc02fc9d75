package dev.mlstack.data.columnar;

import dev.mlstack.data.arrow.ColumnBuffers;

/** Dates counted in milliseconds. What is no whole day, or too far away, is bad. */
final class MillisToDateConversion extends Conversion {

  private static final long DAY_MILLIS = 86_400_000L;

  @Override
  ColumnBuffers convert(RawColumn raw, BadValues bad) {
    byte[] values = output(raw, Integer.BYTES);
    for (int row = 0; row < raw.rows(); row++) {
      if (raw.isPresent(row)) {
        long millis = LittleEndian.int64(raw.values(), row * Long.BYTES);
        long days = Math.floorDiv(millis, DAY_MILLIS);
        if (days * DAY_MILLIS != millis || days != (int) days) {
          bad.add(row, millis + " ms", "not a date");
        }
        LittleEndian.put32(values, row * Integer.BYTES, (int) days);
      }
    }
    return buffers(raw, values);
  }
}
