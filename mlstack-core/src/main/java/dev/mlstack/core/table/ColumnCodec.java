package dev.mlstack.core.table;

import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.table.CategoryColumn;
import dev.mlstack.table.ColumnData;
import dev.mlstack.table.DoubleColumn;
import dev.mlstack.table.LongColumn;
import dev.mlstack.table.TensorColumn;
import dev.mlstack.table.TextColumn;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.BitSet;
import java.util.function.IntConsumer;

/**
 * The canonical bytes of a column: equal values give equal bytes, whatever kind of table they stand
 * in. All numbers are little-endian.
 *
 * <table>
 * <caption>Layout</caption>
 * <tr><th>bytes</th><th>what</th></tr>
 * <tr><td>4</td><td>the number of rows</td></tr>
 * <tr><td>1</td><td>flags: 1 if values are missing, 2 if texts are in a dictionary</td></tr>
 * <tr><td>(rows + 7) / 8</td><td>only if values are missing: a bit for each row, 1 if it has a
 *     value, the lowest bit first; bits behind the last row are 0</td></tr>
 * <tr><td>…</td><td>the values, in the form that the type asks for</td></tr>
 * </table>
 *
 * <ul>
 *   <li>bool, int, date, timestamp: 1, bits / 8, 4 and 8 bytes a row; 0 where there is no value.
 *   <li>real: bits / 8 bytes a row; 0 where there is no value; one NaN; -0.0 becomes 0.0.
 *   <li>category: the code in 1, 2 or 4 bytes, as the number of values needs; 0 where there is
 *       none.
 *   <li>tensor: its numbers as 4-byte reals; 0 where there is none; one NaN; -0.0 becomes 0.0.
 *   <li>text: as <em>texts</em> of all rows, empty where there is none; or, if at most half of the
 *       values are distinct, as a dictionary: its size in 4 bytes, the distinct values sorted by
 *       their UTF-8 bytes as <em>texts</em>, and for each row its code in 1, 2 or 4 bytes, 0 where
 *       there is none. <em>Texts</em> are n + 1 ascending offsets of 4 bytes, the first 0, followed
 *       by the UTF-8 bytes.
 * </ul>
 */
public final class ColumnCodec {

  static final int HAS_NULLS = 1;
  static final int DICTIONARY = 2;
  static final int HEADER_BYTES = 5;

  /** How many values are read at once: few enough to stay in the cache. */
  private static final int BLOCK_ROWS = 4096;

  private ColumnCodec() {}

  /**
   * Returns the canonical bytes of a column.
   *
   * @throws IllegalArgumentException if a value is none that the type of the field allows, or a
   *     text is not well-formed UTF-16, or the bytes would not fit into one array
   */
  public static byte[] encode(ColumnData column) {
    if (column instanceof LongColumn longs) {
      return longs(longs);
    } else if (column instanceof DoubleColumn doubles) {
      return doubles(doubles);
    } else if (column instanceof TextColumn texts) {
      return TextCodec.encode(texts);
    } else if (column instanceof CategoryColumn categories) {
      return categories(categories);
    }
    return tensors((TensorColumn) column);
  }

  /** Returns how many bytes a whole number of a type takes. */
  static int integerWidth(FieldType type) {
    if (type instanceof FieldType.Bool) {
      return 1;
    } else if (type instanceof FieldType.Int integer) {
      return integer.bits() / Byte.SIZE;
    }
    return type instanceof FieldType.Date ? Integer.BYTES : Long.BYTES;
  }

  /** Returns how many bytes a code takes if there are {@code size} of them. */
  static int codeWidth(int size) {
    return size <= 1 << 8 ? 1 : size <= 1 << 16 ? 2 : 4;
  }

  /** Returns the rows that have no value. */
  static BitSet nulls(ColumnData column) {
    BitSet nulls = new BitSet();
    if (column.hasNulls()) {
      for (int row = 0; row < column.rows(); row++) {
        if (column.isNull(row)) {
          nulls.set(row);
        }
      }
    }
    return nulls;
  }

  /** Starts the bytes of a column: header and validity. */
  static ByteBuffer start(Field field, int rows, BitSet nulls, int flags, long valueBytes) {
    int validity = nulls.isEmpty() ? 0 : (rows + 7) / 8;
    long size = HEADER_BYTES + validity + valueBytes;
    if (size > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "column '" + field.name() + "' takes " + size + " bytes, too many for one array");
    }
    ByteBuffer bytes = ByteBuffer.allocate((int) size).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putInt(rows).put((byte) (flags | (nulls.isEmpty() ? 0 : HAS_NULLS)));
    if (!nulls.isEmpty()) {
      BitSet present = new BitSet(rows);
      present.set(0, rows);
      present.andNot(nulls);
      bytes.put(present.toByteArray());
    }
    return bytes.position(HEADER_BYTES + validity);
  }

  /** Writes some rows. */
  private interface Block {
    void write(int from, int count);
  }

  private static void inBlocks(int rows, Block block) {
    for (int from = 0; from < rows; from += BLOCK_ROWS) {
      block.write(from, Math.min(BLOCK_ROWS, rows - from));
    }
  }

  /** Calls back for each place of a block whose value is missing. */
  private static void atNulls(BitSet nulls, int from, int count, IntConsumer place) {
    int row = nulls.nextSetBit(from);
    while (row >= 0 && row < from + count) {
      place.accept(row - from);
      row = nulls.nextSetBit(row + 1);
    }
  }

  private static byte[] longs(LongColumn column) {
    Field field = column.field();
    BitSet nulls = nulls(column);
    int rows = column.rows();
    int width = integerWidth(field.type());
    ByteBuffer bytes = start(field, rows, nulls, 0, (long) rows * width);
    long[] values = new long[Math.min(rows, BLOCK_ROWS)];
    inBlocks(
        rows,
        (from, count) -> {
          column.read(from, count, values, 0);
          atNulls(nulls, from, count, i -> values[i] = 0);
          WholeNumbers.requireIn(field, values, count);
          putLongs(bytes, values, count, width);
        });
    return bytes.array();
  }

  private static void putLongs(ByteBuffer bytes, long[] values, int count, int width) {
    if (width == Long.BYTES) {
      bytes.asLongBuffer().put(values, 0, count);
      bytes.position(bytes.position() + count * Long.BYTES);
      return;
    }
    for (int i = 0; i < count; i++) {
      put(bytes, (int) values[i], width);
    }
  }

  /** Writes the lowest 1, 2 or 4 bytes of a whole number. */
  static void put(ByteBuffer bytes, int value, int width) {
    switch (width) {
      case 1 -> bytes.put((byte) value);
      case 2 -> bytes.putShort((short) value);
      default -> bytes.putInt(value);
    }
  }

  private static byte[] doubles(DoubleColumn column) {
    Field field = column.field();
    BitSet nulls = nulls(column);
    int rows = column.rows();
    boolean narrow = ((FieldType.Real) field.type()).bits() == Float.SIZE;
    ByteBuffer bytes =
        start(field, rows, nulls, 0, (long) rows * (narrow ? Float.BYTES : Double.BYTES));
    double[] values = new double[Math.min(rows, BLOCK_ROWS)];
    inBlocks(
        rows,
        (from, count) -> {
          column.read(from, count, values, 0);
          atNulls(nulls, from, count, i -> values[i] = 0);
          if (narrow) {
            putFloats(bytes, values, count);
          } else {
            putDoubles(bytes, values, count);
          }
        });
    return bytes.array();
  }

  private static void putDoubles(ByteBuffer bytes, double[] values, int count) {
    for (int i = 0; i < count; i++) {
      bytes.putLong(Double.doubleToLongBits(values[i] + 0.0));
    }
  }

  private static void putFloats(ByteBuffer bytes, double[] values, int count) {
    for (int i = 0; i < count; i++) {
      bytes.putInt(canonicalBits((float) values[i]));
    }
  }

  /** Returns the bits of a number, the same for all NaNs, and for both zeros: -0.0 + 0.0 is 0.0. */
  private static int canonicalBits(float value) {
    return Float.floatToIntBits(value + 0.0f);
  }

  private static byte[] categories(CategoryColumn column) {
    Field field = column.field();
    BitSet nulls = nulls(column);
    int rows = column.rows();
    int size = column.values().size();
    int width = codeWidth(size);
    ByteBuffer bytes = start(field, rows, nulls, 0, (long) rows * width);
    int[] codes = new int[Math.min(rows, BLOCK_ROWS)];
    inBlocks(
        rows,
        (from, count) -> {
          column.read(from, count, codes, 0);
          atNulls(nulls, from, count, i -> codes[i] = 0);
          for (int i = 0; i < count; i++) {
            requireCode(field, codes[i], size);
            put(bytes, codes[i], width);
          }
        });
    return bytes.array();
  }

  static void requireCode(Field field, int code, int size) {
    if (code < 0 || code >= size) {
      throw new IllegalArgumentException(
          "column '" + field.name() + "' has the code " + code + " but only " + size + " values");
    }
  }

  private static byte[] tensors(TensorColumn column) {
    Field field = column.field();
    BitSet nulls = nulls(column);
    int rows = column.rows();
    int size = ((FieldType.Tensor) field.type()).size();
    float[] values = new float[size];
    ByteBuffer bytes = start(field, rows, nulls, 0, (long) rows * size * Float.BYTES);
    for (int row = 0; row < rows; row++) {
      if (nulls.get(row)) {
        Arrays.fill(values, 0);
      } else {
        column.read(row, values, 0);
      }
      for (float value : values) {
        bytes.putInt(canonicalBits(value));
      }
    }
    return bytes.array();
  }
}
