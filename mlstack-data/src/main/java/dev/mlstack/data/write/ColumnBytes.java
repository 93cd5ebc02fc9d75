package dev.mlstack.data.write;

import dev.mlstack.data.columnar.LittleEndian;
import dev.mlstack.schema.FieldType;
import dev.mlstack.table.CategoryColumn;
import dev.mlstack.table.ColumnData;
import dev.mlstack.table.DoubleColumn;
import dev.mlstack.table.LongColumn;
import dev.mlstack.table.TensorColumn;
import dev.mlstack.table.TextColumn;
import dev.mlstack.table.Utf8Block;
import java.util.Arrays;

/**
 * The values of a column of one table, as files of columns have them: little-endian, one behind the
 * other, 0 or nothing where one is missing. A bool takes a byte, the code of a category 4. Used
 * again and again. For use by one thread at a time.
 */
public final class ColumnBytes {

  private static final int BLOCK_ROWS = 1024;

  private final Utf8Block block = new Utf8Block();
  private byte[] validity = {};
  private byte[] values = {};
  private int[] offsets = {0};
  private int nulls;
  private int rows;

  /** Creates bytes of no values. */
  public ColumnBytes() {}

  /** Returns how many bytes a value takes; -1 for texts. */
  public static int width(FieldType type) {
    if (type instanceof FieldType.Bool) {
      return 1;
    } else if (type instanceof FieldType.Int whole) {
      return whole.bits() / Byte.SIZE;
    } else if (type instanceof FieldType.Real real) {
      return real.bits() / Byte.SIZE;
    } else if (type instanceof FieldType.Tensor tensor) {
      return Math.multiplyExact(tensor.size(), Float.BYTES);
    } else if (type instanceof FieldType.Text) {
      return -1;
    }
    return type instanceof FieldType.Timestamp ? Long.BYTES : Integer.BYTES;
  }

  /** Takes the values of a column in place of those before. */
  public void take(ColumnData column) {
    rows = column.rows();
    takeValidity(column);
    if (column instanceof TextColumn texts) {
      takeTexts(texts);
      return;
    }
    int width = width(column.field().type());
    int bytes = Math.multiplyExact(rows, width);
    if (values.length < bytes) {
      values = new byte[bytes];
    }
    if (column instanceof LongColumn longs) {
      takeLongs(longs, width);
    } else if (column instanceof DoubleColumn doubles) {
      takeDoubles(doubles, width);
    } else if (column instanceof CategoryColumn categories) {
      takeCodes(categories);
    } else {
      takeTensors((TensorColumn) column, width / Float.BYTES);
    }
  }

  private void takeValidity(ColumnData column) {
    int bytes = (rows + 7) / 8;
    if (validity.length < bytes) {
      validity = new byte[bytes];
    }
    Arrays.fill(validity, 0, bytes, (byte) 0);
    nulls = 0;
    boolean hasNulls = column.hasNulls();
    for (int row = 0; row < rows; row++) {
      if (hasNulls && column.isNull(row)) {
        nulls++;
      } else {
        validity[row >> 3] |= (byte) (1 << (row & 7));
      }
    }
  }

  private void takeLongs(LongColumn column, int width) {
    long[] read = new long[Math.min(rows, BLOCK_ROWS)];
    for (int from = 0; from < rows; from += BLOCK_ROWS) {
      int count = Math.min(BLOCK_ROWS, rows - from);
      column.read(from, count, read, 0);
      for (int i = 0; i < count; i++) {
        LittleEndian.putWhole(values, (from + i) * width, width, read[i]);
      }
    }
  }

  private void takeDoubles(DoubleColumn column, int width) {
    double[] read = new double[Math.min(rows, BLOCK_ROWS)];
    for (int from = 0; from < rows; from += BLOCK_ROWS) {
      int count = Math.min(BLOCK_ROWS, rows - from);
      column.read(from, count, read, 0);
      for (int i = 0; i < count; i++) {
        double value = isPresent(from + i) ? read[i] : 0;
        LittleEndian.putReal(values, (from + i) * width, width, value);
      }
    }
  }

  private void takeCodes(CategoryColumn column) {
    int[] read = new int[Math.min(rows, BLOCK_ROWS)];
    for (int from = 0; from < rows; from += BLOCK_ROWS) {
      int count = Math.min(BLOCK_ROWS, rows - from);
      column.read(from, count, read, 0);
      for (int i = 0; i < count; i++) {
        LittleEndian.put32(values, (from + i) * Integer.BYTES, Math.max(read[i], 0));
      }
    }
  }

  private void takeTensors(TensorColumn column, int size) {
    float[] read = new float[size];
    for (int row = 0; row < rows; row++) {
      column.read(row, read, 0);
      boolean present = isPresent(row);
      for (int i = 0; i < size; i++) {
        double value = present ? read[i] : 0;
        LittleEndian.putReal(values, (row * size + i) * Float.BYTES, Float.BYTES, value);
      }
    }
  }

  private void takeTexts(TextColumn column) {
    if (offsets.length <= rows) {
      offsets = new int[rows + 1];
    }
    int end = 0;
    for (int from = 0; from < rows; from += BLOCK_ROWS) {
      int count = Math.min(BLOCK_ROWS, rows - from);
      end = takeUtf8(column, from, count, end);
    }
  }

  private int takeUtf8(TextColumn column, int from, int count, int start) {
    column.read(from, count, block);
    int length = block.start(count - 1) + block.length(count - 1);
    reserve((long) start + length);
    System.arraycopy(block.bytes(), 0, values, start, length);
    for (int i = 0; i < count; i++) {
      offsets[from + i + 1] = start + block.start(i) + block.length(i);
    }
    return start + length;
  }

  private void reserve(long bytes) {
    if (bytes > values.length) {
      values =
          Arrays.copyOf(values, Math.toIntExact(Math.max(bytes, Math.min(2 * bytes, 1 << 30))));
    }
  }

  /** Returns how many rows there are. */
  public int rows() {
    return rows;
  }

  /** Returns how many values are missing. */
  public int nulls() {
    return nulls;
  }

  /** Tells whether a row has a value. */
  public boolean isPresent(int row) {
    return (validity[row >> 3] >> (row & 7) & 1) != 0;
  }

  /** Returns a bit for each row, the least significant first, 1 if it has a value. */
  public byte[] validity() {
    return validity;
  }

  /** Returns the bytes of the values. */
  public byte[] values() {
    return values;
  }

  /** Returns where texts begin and where the last one ends. */
  public int[] offsets() {
    return offsets;
  }
}
