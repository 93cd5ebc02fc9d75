package dev.mlstack.core.table;

import dev.mlstack.schema.Schema;
import dev.mlstack.table.ColumnData;
import dev.mlstack.table.Row;
import dev.mlstack.table.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A table whose columns are arrays on the Java heap. It may be kept as long as one likes. */
public final class MemoryTable implements Table {

  private final Schema schema;
  private final long[] rowIds;
  private final List<ColumnData> columns;

  /** Takes ownership of the arrays. */
  MemoryTable(Schema schema, long[] rowIds, List<ColumnData> columns) {
    this.schema = schema;
    this.rowIds = rowIds;
    this.columns = List.copyOf(columns);
  }

  /** Starts a table without rows. */
  public static Builder builder(Schema schema) {
    return new Builder(schema);
  }

  /** Returns a copy of a table, which may have been borrowed. */
  public static MemoryTable copyOf(Table table) {
    long[] rowIds = new long[table.rows()];
    Arrays.setAll(rowIds, table::rowId);
    List<ColumnData> columns = new ArrayList<>();
    for (int i = 0; i < table.schema().size(); i++) {
      columns.add(HeapColumns.copyOf(table.column(i)));
    }
    return new MemoryTable(table.schema(), rowIds, columns);
  }

  @Override
  public Schema schema() {
    return schema;
  }

  @Override
  public int rows() {
    return rowIds.length;
  }

  @Override
  public ColumnData column(int index) {
    return columns.get(index);
  }

  @Override
  public long rowId(int row) {
    return rowIds[row];
  }

  /** Collects rows. Not safe for use by several threads at once; of no more use once built. */
  public static final class Builder {
    private final Schema schema;
    private final List<ColumnBuilder> columns;
    private long[] rowIds = new long[16];
    private int rows;

    private Builder(Schema schema) {
      this.schema = schema;
      this.columns = schema.fields().stream().map(ColumnBuilder::of).toList();
    }

    /**
     * Adds a row.
     *
     * @param rowId its identity
     * @param row has at least the columns of the schema, in the same order
     * @throws IllegalArgumentException if it has a value that its column cannot hold, or none where
     *     there must be one; the table is then as if the row had never been added
     */
    public Builder add(long rowId, Row row) {
      for (int i = 0; i < columns.size(); i++) {
        columns.get(i).set(rows, row, i);
      }
      if (rows == rowIds.length) {
        rowIds = Arrays.copyOf(rowIds, rows * 2);
      }
      rowIds[rows++] = rowId;
      return this;
    }

    /**
     * Adds a row of Java values.
     *
     * @param rowId its identity
     * @param values as {@link ValuesRow} takes them
     */
    public Builder add(long rowId, @Nullable Object... values) {
      return add(rowId, ValuesRow.of(schema, values));
    }

    /** Returns how many rows there are. */
    public int rows() {
      return rows;
    }

    /** Returns the table. */
    public MemoryTable build() {
      return new MemoryTable(
          schema,
          Arrays.copyOf(rowIds, rows),
          columns.stream().map(column -> column.build(rows)).toList());
    }
  }
}
