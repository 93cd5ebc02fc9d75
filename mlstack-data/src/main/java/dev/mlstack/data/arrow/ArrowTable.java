package dev.mlstack.data.arrow;

import dev.mlstack.schema.Schema;
import dev.mlstack.table.ColumnData;
import dev.mlstack.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.jspecify.annotations.Nullable;

/**
 * A table whose columns are Arrow vectors.
 *
 * <p>Bool is a bit vector; whole numbers are vectors of their width; reals are Float4 and Float8;
 * text is VarChar; a category is its codes, as 32-bit numbers; a date is DateDay; a timestamp is
 * TimeStampMicro, with the zone UTC if it is an instant; a tensor is a fixed-size list of Float4,
 * the last dimension fastest. The metadata of each vector's field says under {@code mlstack.field}
 * what the field is in full, such as the values of a category and the shape of a tensor.
 *
 * <p>Owns its vectors. They may be loaded when they are first asked for. The table belongs to the
 * reader that gave it, which closes it; what is built with an {@link ArrowTableBuilder} is closed
 * by the caller. What was read from a closed table stays, but the table itself, its columns and its
 * vectors can be read no more.
 */
public final class ArrowTable implements Table, AutoCloseable {

  private final Schema schema;
  private final int rows;
  private final VectorLoader loader;
  private final @Nullable FieldVector[] vectors;
  private final @Nullable ColumnData[] columns;
  private volatile long @Nullable [] rowIds;
  private boolean closed;

  private ArrowTable(Schema schema, int rows, VectorLoader loader) {
    this.schema = schema;
    this.rows = rows;
    this.loader = loader;
    this.vectors = new FieldVector[schema.size()];
    this.columns = new ColumnData[schema.size()];
  }

  /** Gives vectors and identities when they are first asked for. */
  private interface VectorLoader {
    FieldVector load(int column);

    long[] rowIds();
  }

  /** Returns the table of vectors that {@link Vectors} made. Takes them over. */
  static ArrowTable of(Schema schema, long[] rowIds, List<FieldVector> vectors) {
    VectorLoader loader =
        new VectorLoader() {
          @Override
          public FieldVector load(int column) {
            return vectors.get(column);
          }

          @Override
          public long[] rowIds() {
            return rowIds;
          }
        };
    ArrowTable table = new ArrowTable(schema, rowIds.length, loader);
    for (int i = 0; i < vectors.size(); i++) {
      table.vector(i);
    }
    return table;
  }

  /**
   * Returns a table with copies of columns. The caller closes it.
   *
   * @param rowIds the identities of the rows; taken over
   * @param columns the columns of the schema, each with as many rows as there are identities
   */
  public static ArrowTable copyOf(
      Schema schema, long[] rowIds, List<ColumnBuffers> columns, BufferAllocator allocator) {
    List<FieldVector> vectors = new ArrayList<>();
    try {
      for (int i = 0; i < schema.size(); i++) {
        vectors.add(columns.get(i).toVector(schema.field(i), rowIds.length, allocator));
      }
    } catch (RuntimeException e) {
      vectors.forEach(FieldVector::close);
      throw e;
    }
    return of(schema, rowIds, vectors);
  }

  /**
   * Returns the table of canonical bytes, each column of which is fetched and decoded when it is
   * first asked for.
   *
   * @param rows how many rows every column must have
   * @param encoded gives the bytes
   * @param allocator gives the memory of the vectors; not owned
   */
  public static ArrowTable decoding(
      Schema schema, int rows, EncodedTable encoded, BufferAllocator allocator) {
    return new ArrowTable(
        schema,
        rows,
        new VectorLoader() {
          @Override
          public FieldVector load(int column) {
            return VectorDecoder.decode(encoded.column(column), rows, allocator);
          }

          @Override
          public long[] rowIds() {
            return encoded.rowIds();
          }
        });
  }

  @Override
  public Schema schema() {
    return schema;
  }

  @Override
  public int rows() {
    return rows;
  }

  @Override
  public synchronized ColumnData column(int index) {
    ColumnData column = columns[index];
    if (column == null) {
      column = ArrowColumns.of(schema.field(index), vector(index));
      columns[index] = column;
    }
    return column;
  }

  private FieldVector vector(int index) {
    if (closed) {
      throw new IllegalStateException("the table is closed; read while its reader lends it");
    }
    FieldVector vector = vectors[index];
    if (vector == null) {
      vector = loader.load(index);
      vectors[index] = vector;
    }
    return vector;
  }

  @Override
  public long rowId(int row) {
    long[] ids = rowIds;
    if (ids == null) {
      ids = loader.rowIds();
      if (ids.length != rows) {
        throw new IllegalArgumentException(
            "a table of " + rows + " rows has " + ids.length + " identities");
      }
      rowIds = ids;
    }
    return ids[Objects.checkIndex(row, rows)];
  }

  /**
   * Returns the vectors of all columns, which belong to this table: they are not to be changed, and
   * are valid as long as it is.
   */
  public synchronized VectorSchemaRoot root() {
    List<FieldVector> all = new ArrayList<>();
    for (int i = 0; i < schema.size(); i++) {
      all.add(vector(i));
    }
    return new VectorSchemaRoot(all.stream().map(FieldVector::getField).toList(), all, rows);
  }

  /** Frees the vectors. Closing twice does nothing. */
  @Override
  public synchronized void close() {
    closed = true;
    for (int i = 0; i < vectors.length; i++) {
      FieldVector vector = vectors[i];
      if (vector != null) {
        vector.close();
        vectors[i] = null;
        columns[i] = null;
      }
    }
  }
}
