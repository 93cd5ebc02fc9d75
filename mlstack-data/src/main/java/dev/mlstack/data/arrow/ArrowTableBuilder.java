package dev.mlstack.data.arrow;

import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.schema.Schema;
import dev.mlstack.table.Table;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;

/**
 * Collects rows into an {@link ArrowTable}.
 *
 * <pre>{@code
 * ArrowTableBuilder builder = new ArrowTableBuilder(schema);
 * LongColumnBuilder age = (LongColumnBuilder) builder.column(0);
 * age.set(42);
 * builder.endRow(rowId);
 * try (ArrowTable table = builder.build(allocator)) { … }
 * }</pre>
 *
 * <p>Holds memory of the heap only, and keeps it from one table to the next. For use by one thread
 * at a time.
 */
public final class ArrowTableBuilder {

  private static final int FIRST_CAPACITY = 1024;
  private static final int MIN_CAPACITY = 16;
  private static final int ROW_ID_HEADER_BYTES = 5;

  private final Schema schema;
  private final List<ArrowColumnBuilder> columns;
  private long[] rowIds = {};
  private int rows;

  /** Creates a builder without rows. */
  public ArrowTableBuilder(Schema schema) {
    this.schema = schema;
    this.columns = schema.fields().stream().map(this::columnBuilder).toList();
    grow(schema.size() > FIRST_CAPACITY ? MIN_CAPACITY : FIRST_CAPACITY);
  }

  private ArrowColumnBuilder columnBuilder(Field field) {
    FieldType type = field.type();
    if (type instanceof FieldType.Real) {
      return new DoubleColumnBuilder(field, this);
    } else if (type instanceof FieldType.Text) {
      return new TextColumnBuilder(field, this);
    } else if (type instanceof FieldType.Category) {
      return new CategoryColumnBuilder(field, this);
    } else if (type instanceof FieldType.Tensor) {
      return new TensorColumnBuilder(field, this);
    }
    return new LongColumnBuilder(field, this);
  }

  private void grow(int capacity) {
    rowIds = Arrays.copyOf(rowIds, capacity);
    columns.forEach(column -> column.grow(capacity));
  }

  /** Returns the schema. */
  public Schema schema() {
    return schema;
  }

  /** Returns what collects the values of a column: the form that its type asks for. */
  public ArrowColumnBuilder column(int index) {
    return columns.get(index);
  }

  /** Returns how many rows are complete. */
  public int rows() {
    return rows;
  }

  /** Returns about how many bytes the rows take. */
  public long bytes() {
    long bytes = (long) rows * Long.BYTES;
    for (ArrowColumnBuilder column : columns) {
      bytes += column.bytes();
    }
    return bytes;
  }

  /**
   * Returns how many bytes the column would have that has most of them, if rows of another table
   * were copied behind the last row. A text has its bytes in UTF-8 and 4 more.
   */
  public long widestColumnBytes(Table table, int from, int count) {
    long widest = 0;
    for (int i = 0; i < columns.size(); i++) {
      ArrowColumnBuilder column = columns.get(i);
      widest = Math.max(widest, column.bytes() + column.bytesOf(table.column(i), from, count));
    }
    return widest;
  }

  /**
   * Completes the current row, for which every column has been set.
   *
   * @param rowId its identity
   */
  public void endRow(long rowId) {
    rowIds[rows] = rowId;
    rows++;
    if (rows == rowIds.length) {
      grow(2 * rows);
    }
  }

  /**
   * Copies rows of another table behind the last row.
   *
   * @param table has the columns of the schema, in the same order
   * @param from its first row to copy
   * @param count how many to copy
   * @param ids the identities they get
   * @param idsFrom the index in {@code ids} of the first
   */
  public void append(Table table, int from, int count, long[] ids, int idsFrom) {
    if (rows + count >= rowIds.length) {
      grow(Math.max(2 * rowIds.length, rows + count + 1));
    }
    for (int i = 0; i < columns.size(); i++) {
      columns.get(i).append(table.column(i), from, count);
    }
    System.arraycopy(ids, idsFrom, rowIds, rows, count);
    rows += count;
  }

  /** Returns a table with the rows so far, and starts anew. The caller closes the table. */
  public ArrowTable build(BufferAllocator allocator) {
    List<FieldVector> vectors = new ArrayList<>();
    try {
      for (ArrowColumnBuilder column : columns) {
        vectors.add(column.build(allocator));
      }
    } catch (RuntimeException e) {
      vectors.forEach(FieldVector::close);
      throw e;
    }
    ArrowTable table = ArrowTable.of(schema, Arrays.copyOf(rowIds, rows), vectors);
    clear();
    return table;
  }

  /**
   * Returns the canonical bytes of a column, the same as {@link
   * dev.mlstack.core.table.ColumnCodec#encode} would give.
   */
  public byte[] encodeColumn(int index) {
    return columns.get(index).encode();
  }

  /** Returns the canonical bytes of the identities of all rows, as a column of 64-bit numbers. */
  public byte[] encodeRowIds() {
    ByteBuffer bytes =
        ByteBuffer.allocate(ROW_ID_HEADER_BYTES + rows * Long.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt(rows)
            .put((byte) 0);
    bytes.asLongBuffer().put(rowIds, 0, rows);
    return bytes.array();
  }

  /** Forgets all rows. */
  public void clear() {
    columns.forEach(ArrowColumnBuilder::clear);
    rows = 0;
  }
}
