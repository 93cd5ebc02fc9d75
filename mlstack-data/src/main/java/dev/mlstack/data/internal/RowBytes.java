package dev.mlstack.data.internal;

import dev.mlstack.table.Table;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Writes some values of a row as bytes: the same for equal values, different for different ones,
 * and so that neither the width of a column nor the order of the values of a category matters.
 *
 * <p>One value behind the other, numbers little-endian:
 *
 * <table>
 * <caption>Values</caption>
 * <tr><th>value</th><th>bytes</th></tr>
 * <tr><td>missing</td><td>0</td></tr>
 * <tr><td>bool, int, date, timestamp</td><td>1, then the number in 8 bytes</td></tr>
 * <tr><td>real</td><td>2, then the number as an 8-byte double, one NaN, 0.0 for -0.0</td></tr>
 * <tr><td>text, category</td><td>3, then the length in 4 bytes, then the text in UTF-8</td></tr>
 * <tr><td>tensor</td><td>4, then the count in 4 bytes, then the numbers as 4-byte floats, one NaN,
 *     0.0 for -0.0</td></tr>
 * </table>
 *
 * <p>Reads one table, fastest if row by row; not safe for use by several threads at once.
 */
public final class RowBytes {

  private static final byte MISSING = 0;
  private static final byte WHOLE = 1;
  private static final byte REAL = 2;
  private static final byte TEXT = 3;
  private static final byte TENSOR = 4;

  private static final int BLOCK_ROWS = 1024;
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private final ColumnBlock[] columns;
  private final int rows;
  private int blockStart;
  private int blockEnd;
  private byte[] bytes = new byte[256];
  private int length;

  /**
   * Creates a writer.
   *
   * @param table what to read; borrowed
   * @param fields the indexes of the columns, in the order in which they are written
   */
  public RowBytes(Table table, int... fields) {
    this.rows = table.rows();
    this.columns =
        Arrays.stream(fields)
            .mapToObj(field -> ColumnBlock.of(table.column(field)))
            .toArray(ColumnBlock[]::new);
  }

  /** Writes a row, in place of the one before. */
  public RowBytes write(int row) {
    if (row < blockStart || row >= blockEnd) {
      blockStart = row;
      blockEnd = Math.min(rows, row + BLOCK_ROWS);
      for (ColumnBlock column : columns) {
        column.load(blockStart, blockEnd - blockStart);
      }
    }
    length = 0;
    for (ColumnBlock column : columns) {
      column.write(row - blockStart, this);
    }
    return this;
  }

  private void begin(byte tag, int more) {
    if (more >= bytes.length - length) {
      int needed = Math.addExact(length, Math.addExact(more, 1));
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, needed));
    }
    bytes[length++] = tag;
  }

  void putMissing() {
    begin(MISSING, 0);
  }

  void putWhole(long value) {
    begin(WHOLE, Long.BYTES);
    LONGS.set(bytes, length, value);
    length += Long.BYTES;
  }

  void putReal(double value) {
    begin(REAL, Long.BYTES);
    LONGS.set(bytes, length, Double.doubleToLongBits(value == 0 ? 0.0 : value));
    length += Long.BYTES;
  }

  void putText(byte[] utf8, int from, int count) {
    begin(TEXT, Integer.BYTES + count);
    INTS.set(bytes, length, count);
    System.arraycopy(utf8, from, bytes, length + Integer.BYTES, count);
    length += Integer.BYTES + count;
  }

  void putTensor(float[] numbers) {
    begin(TENSOR, (numbers.length + 1) * Integer.BYTES);
    INTS.set(bytes, length, numbers.length);
    length += Integer.BYTES;
    for (float number : numbers) {
      INTS.set(bytes, length, Float.floatToIntBits(number == 0 ? 0.0f : number));
      length += Float.BYTES;
    }
  }

  /** Returns the array that holds the bytes of the row from its start. */
  public byte[] bytes() {
    return bytes;
  }

  /** Returns how many bytes the row has. */
  public int length() {
    return length;
  }

  /** Returns the hash of the row. */
  public long hash(long seed) {
    return XxHash64.hash(bytes, 0, length, seed);
  }
}
