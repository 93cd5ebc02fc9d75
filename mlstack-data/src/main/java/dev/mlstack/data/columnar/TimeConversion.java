package dev.mlstack.data.columnar;

import dev.mlstack.data.arrow.ColumnBuffers;

/**
 * Points in time as microseconds. What is too far away is bad; so is what has nanoseconds, unless
 * they are to be cut.
 */
final class TimeConversion extends Conversion {

  private final ColumnType.Unit unit;
  private final boolean cutNanos;

  TimeConversion(ColumnType.Unit unit, boolean cutNanos) {
    this.unit = unit;
    this.cutNanos = cutNanos;
  }

  @Override
  ColumnBuffers convert(RawColumn raw, BadValues bad) {
    byte[] values = output(raw, Long.BYTES);
    long most = Long.MAX_VALUE / unit.factor();
    for (int row = 0; row < raw.rows(); row++) {
      if (raw.isPresent(row)) {
        long time = LittleEndian.int64(raw.values(), row * Long.BYTES);
        if (time > most || time < -most) {
          bad.add(row, time + " " + unit, "too far from 1970 for 64 bits of microseconds");
        }
        long micros = Math.floorDiv(time, unit.divisor());
        if (!cutNanos && micros * unit.divisor() != time) {
          bad.add(
              row,
              time + " " + unit,
              "it has parts of a microsecond, which would be lost; say .cutNanos() to cut them");
        }
        LittleEndian.put64(values, row * Long.BYTES, micros * unit.factor());
      }
    }
    return buffers(raw, values);
  }
}
