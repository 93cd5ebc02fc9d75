package dev.mlstack.data.arrow;

import dev.mlstack.schema.Field;
import dev.mlstack.table.ColumnData;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;

/**
 * Collects the values of one column of an {@link ArrowTableBuilder}, in which form follows from the
 * type. A value is set for the row that the table builder is at; setting it again replaces it.
 *
 * <p>Values are collected in arrays on the heap that are laid out like the buffers of Arrow, and
 * copied in one piece when the table is built.
 *
 * <p>Invariants:
 *
 * <ol>
 *   <li>Bits and bytes of rows before the current one say what was set; bits of rows behind it are
 *       0.
 *   <li>Where a value is missing, its bytes are 0, or it is the empty text.
 * </ol>
 */
public abstract sealed class ArrowColumnBuilder
    permits BytesColumnBuilder, TextColumnBuilder, TensorColumnBuilder {

  private static final int HEADER_BYTES = 5;
  private static final int HAS_NULLS = 1;

  private final Field field;
  private final ArrowTableBuilder table;
  private byte[] validity = {};

  ArrowColumnBuilder(Field field, ArrowTableBuilder table) {
    this.field = field;
    this.table = table;
  }

  /** Returns what the column is. */
  public final Field field() {
    return field;
  }

  /** Says that the current row has no value. */
  public final void setNull() {
    dropUnfinishedRow();
    clearValue(row());
  }

  final int row() {
    return table.rows();
  }

  /** Forgets what was set for the current row, which may have been begun and given up. */
  private void dropUnfinishedRow() {
    int row = row();
    validity[row >> 3] &= (byte) ~(1 << (row & 7));
  }

  final void markPresent(int row) {
    validity[row >> 3] |= (byte) (1 << (row & 7));
  }

  /** Gives a row the bytes that stand for a missing value. */
  abstract void clearValue(int row);

  /** Makes room for {@code capacity} rows. */
  void grow(int capacity) {
    validity = Arrays.copyOf(validity, (capacity + 7) / 8);
  }

  /** Copies rows of another column of the same type behind the last row. */
  final void append(ColumnData column, int from, int count) {
    dropUnfinishedRow();
    int row = row();
    for (int i = 0; i < count; i++) {
      if (!column.hasNulls() || !column.isNull(from + i)) {
        markPresent(row + i);
      }
    }
    appendValues(column, from, count);
  }

  /** Copies values; the validity is copied already. */
  abstract void appendValues(ColumnData column, int from, int count);

  /** Returns how many bytes the values of the rows so far take. */
  abstract long bytes();

  /** Returns how many bytes the values of some rows of another column would take here. */
  abstract long bytesOf(ColumnData column, int from, int count);

  final FieldVector build(BufferAllocator allocator) {
    dropUnfinishedRow();
    int rows = row();
    Slice bits = new Slice(validity, 0, (rows + 7) / 8);
    return Vectors.create(field, rows, nulls(), bits, allocator, values());
  }

  /** Returns the buffers behind the validity. */
  abstract Slice[] values();

  final void clear() {
    Arrays.fill(validity, (byte) 0);
  }

  private int nulls() {
    int present = 0;
    for (int i = 0; i < (row() + 7) / 8; i++) {
      present += Integer.bitCount(validity[i] & 0xFF);
    }
    return row() - present;
  }

  final boolean isNull(int row) {
    return (validity[row >> 3] >> (row & 7) & 1) == 0;
  }

  /** Returns the bytes that {@link dev.mlstack.core.table.ColumnCodec} would give the column. */
  abstract byte[] encode();

  /** Starts the canonical bytes of this column: header and validity. */
  final ByteBuffer encoding(int flags, long valueBytes) {
    dropUnfinishedRow();
    boolean hasNulls = nulls() > 0;
    int bits = hasNulls ? (row() + 7) / 8 : 0;
    return ByteBuffer.allocate(Math.toIntExact(HEADER_BYTES + bits + valueBytes))
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(row())
        .put((byte) (flags | (hasNulls ? HAS_NULLS : 0)))
        .put(validity, 0, bits);
  }
}
