package dev.mlstack.table;

import dev.mlstack.schema.Schema;

/**
 * One batch of rows, as columns. Immutable and safe for use by several threads; borrowed from the
 * {@link TableReader} that gave it.
 */
public interface Table {

  /** Returns the schema. */
  Schema schema();

  /** Returns how many rows there are. */
  int rows();

  /** Returns the column at an index of the schema. */
  ColumnData column(int index);

  /**
   * Returns the column of the given name.
   *
   * @throws IllegalArgumentException if there is none
   */
  default ColumnData column(String name) {
    return column(schema().indexOf(name));
  }

  /**
   * Returns the identity of a row: in a {@link Dataset}, a number that stays with the row through
   * every later version of the data; in a {@link Source}, where people find it, from 1: the line of
   * a file, the position in a query.
   */
  long rowId(int row);

  /** Returns a view of some rows, in the given order. It is borrowed with this table. */
  default Table select(int... rows) {
    return new SelectedTable(this, rows);
  }

  /** Returns a cursor that stands before the first row. */
  default TableCursor cursor() {
    return new TableCursor(this);
  }
}
