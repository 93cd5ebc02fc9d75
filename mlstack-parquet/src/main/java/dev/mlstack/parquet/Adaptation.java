package dev.mlstack.parquet;

import dev.mlstack.data.columnar.ColumnType;
import dev.mlstack.data.columnar.LittleEndian;
import dev.mlstack.data.columnar.RawColumn;
import java.util.Arrays;
import org.apache.parquet.format.Type;

/** Turns values as they stand in a file into the form that their type asks for. */
enum Adaptation {
  /** They are in that form. */
  NONE {
    @Override
    void adapt(Leaf leaf, RawColumn from, RawColumn to) {
      // Read in place.
    }
  },

  /** Whole numbers of 8 and 16 bits stand in 32. */
  NARROW {
    @Override
    void adapt(Leaf leaf, RawColumn from, RawColumn to) {
      ColumnType.Int type = (ColumnType.Int) leaf.type();
      to.start(from.rows(), type.width());
      for (int row = 0; row < from.rows(); row++) {
        if (from.isPresent(row)) {
          to.setPresent(row);
          int value = LittleEndian.int32(from.values(), row * Integer.BYTES);
          int shift = Integer.SIZE - type.bits();
          int kept = type.signed() ? value << shift >> shift : value << shift >>> shift;
          if (kept != value) {
            to.setFlaw(row, value + " is not of type " + type);
          }
          LittleEndian.putWhole(to.values(), row * type.width(), type.width(), value);
        }
      }
    }
  },

  /** Decimal numbers stand with their highest byte first, in as many as they need. */
  REVERSE {
    @Override
    void adapt(Leaf leaf, RawColumn from, RawColumn to) {
      int width = leaf.type().width();
      to.start(from.rows(), width);
      for (int row = 0; row < from.rows(); row++) {
        if (from.isPresent(row)) {
          to.setPresent(row);
          boolean fixed = leaf.physical() == Type.FIXED_LEN_BYTE_ARRAY;
          int start = fixed ? row * leaf.length() : from.offsets()[row];
          int length = fixed ? leaf.length() : from.offsets()[row + 1] - start;
          if (length < 1 || length > width) {
            to.setFlaw(row, "a decimal number has " + length + " bytes");
          } else {
            reverse(from.values(), start, length, to.values(), row * width, width);
          }
        }
      }
    }

    private void reverse(byte[] from, int start, int length, byte[] to, int at, int width) {
      Arrays.fill(to, at, at + width, (byte) (from[start] < 0 ? -1 : 0));
      for (int i = 0; i < length; i++) {
        to[at + i] = from[start + length - 1 - i];
      }
    }
  },

  /** Nanoseconds of a day and a Julian day, as nanoseconds since 1970. */
  JULIAN {
    @Override
    void adapt(Leaf leaf, RawColumn from, RawColumn to) {
      to.start(from.rows(), Long.BYTES);
      for (int row = 0; row < from.rows(); row++) {
        if (from.isPresent(row)) {
          to.setPresent(row);
          int at = row * (Long.BYTES + Integer.BYTES);
          long nanos = LittleEndian.int64(from.values(), at);
          long day = LittleEndian.int32(from.values(), at + Long.BYTES) - JULIAN_1970;
          long far = Long.MAX_VALUE / DAY_NANOS - 1;
          if (day > far || day < -far || nanos < 0 || nanos >= DAY_NANOS) {
            to.setFlaw(row, "too far from 1970 for 64 bits of nanoseconds");
          } else {
            LittleEndian.put64(to.values(), row * Long.BYTES, day * DAY_NANOS + nanos);
          }
        }
      }
    }
  };

  private static final long JULIAN_1970 = 2_440_588;
  private static final long DAY_NANOS = 86_400_000_000_000L;

  static Adaptation of(Leaf leaf) {
    if (leaf.maxRepetition() > 0 || leaf.type() instanceof ColumnType.Unsupported) {
      return NONE;
    } else if (leaf.physical() == Type.INT96) {
      return JULIAN;
    } else if (leaf.type() instanceof ColumnType.Int whole && whole.bits() < Integer.SIZE) {
      return NARROW;
    }
    boolean bytes = leaf.physical() == Type.FIXED_LEN_BYTE_ARRAY || leaf.physicalWidth() < 0;
    return bytes && leaf.type() instanceof ColumnType.Decimal ? REVERSE : NONE;
  }

  /** Fills a column from another, which has the values as they stand in the file. */
  abstract void adapt(Leaf leaf, RawColumn from, RawColumn to);
}
