package dev.mlstack.data.internal;

import dev.mlstack.data.arrow.Utf8Column;
import dev.mlstack.table.CategoryColumn;
import dev.mlstack.table.ColumnData;
import dev.mlstack.table.DoubleColumn;
import dev.mlstack.table.LongColumn;
import dev.mlstack.table.Table;
import dev.mlstack.table.TensorColumn;
import dev.mlstack.table.TextColumn;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
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
 * <p>Reads one table; not safe for use by several threads at once.
 */
public final class RowBytes {

  private static final byte MISSING = 0;
  private static final byte WHOLE = 1;
  private static final byte REAL = 2;
  private static final byte TEXT = 3;
  private static final byte TENSOR = 4;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private final ColumnData[] columns;
  private byte[] bytes = new byte[256];
  private int length;

  /**
   * Creates a writer.
   *
   * @param table what to read; borrowed
   * @param fields the indexes of the columns, in the order in which they are written
   */
  public RowBytes(Table table, int... fields) {
    this.columns = Arrays.stream(fields).mapToObj(table::column).toArray(ColumnData[]::new);
  }

  /** Writes a row, in place of the one before. */
  public RowBytes write(int row) {
    length = 0;
    for (ColumnData column : columns) {
      if (column.isNull(row)) {
        reserve(1);
        bytes[length++] = MISSING;
      } else if (column instanceof LongColumn longs) {
        putLong(WHOLE, longs.get(row));
      } else if (column instanceof DoubleColumn doubles) {
        double value = doubles.get(row);
        putLong(REAL, Double.doubleToLongBits(value == 0 ? 0.0 : value));
      } else if (column instanceof TensorColumn tensors) {
        putTensor(tensors, row);
      } else {
        putText(column, row);
      }
    }
    return this;
  }

  private void reserve(int more) {
    if (more > bytes.length - length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, Math.addExact(length, more)));
    }
  }

  private void putLong(byte tag, long value) {
    reserve(1 + Long.BYTES);
    bytes[length] = tag;
    LONGS.set(bytes, length + 1, value);
    length += 1 + Long.BYTES;
  }

  private void putInt(byte tag, int value) {
    bytes[length] = tag;
    INTS.set(bytes, length + 1, value);
    length += 1 + Integer.BYTES;
  }

  private void putText(ColumnData column, int row) {
    if (column instanceof Utf8Column texts) {
      int size = texts.byteLength(row);
      reserve(1 + Integer.BYTES + size);
      putInt(TEXT, size);
      texts.readBytes(row, bytes, length);
      length += size;
      return;
    }
    String text =
        column instanceof CategoryColumn categories
            ? categories.values().get(categories.code(row))
            : String.valueOf(((TextColumn) column).get(row));
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    reserve(1 + Integer.BYTES + utf8.length);
    putInt(TEXT, utf8.length);
    System.arraycopy(utf8, 0, bytes, length, utf8.length);
    length += utf8.length;
  }

  private void putTensor(TensorColumn column, int row) {
    int size = ((dev.mlstack.schema.FieldType.Tensor) column.field().type()).size();
    float[] numbers = new float[size];
    column.read(row, numbers, 0);
    reserve(1 + Integer.BYTES + size * Float.BYTES);
    putInt(TENSOR, size);
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
