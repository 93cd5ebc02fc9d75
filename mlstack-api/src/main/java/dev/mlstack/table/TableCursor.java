package dev.mlstack.table;

import dev.mlstack.schema.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Walks over the rows of a table. The cursor is itself the {@link Row} at which it stands; it
 * allocates nothing as it moves. For use by one thread, as long as the table is borrowed.
 */
public final class TableCursor implements Row {

  private final Table table;
  private final ColumnData[] columns;
  private int row = -1;

  TableCursor(Table table) {
    this.table = table;
    this.columns = new ColumnData[table.schema().size()];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = table.column(i);
    }
  }

  /**
   * Moves to the next row.
   *
   * @return whether there is one
   */
  public boolean next() {
    if (row < table.rows()) {
      row++;
    }
    return row < table.rows();
  }

  /** Moves to a row. */
  public TableCursor moveTo(int newRow) {
    row = java.util.Objects.checkIndex(newRow, table.rows());
    return this;
  }

  /** Returns the index of the row in its table. */
  public int index() {
    return row;
  }

  /** Returns the identity of the row. */
  public long rowId() {
    return table.rowId(row);
  }

  @Override
  public Schema schema() {
    return table.schema();
  }

  @Override
  public boolean isNull(int field) {
    return columns[field].isNull(row);
  }

  @Override
  public double number(int field) {
    ColumnData column = columns[field];
    if (column instanceof DoubleColumn doubles) {
      return doubles.get(row);
    } else if (column instanceof LongColumn longs) {
      return longs.isNull(row) ? Double.NaN : longs.get(row);
    }
    throw WrongAccess.of(column.field(), "a number");
  }

  @Override
  public long integer(int field) {
    if (columns[field] instanceof LongColumn longs) {
      return longs.get(row);
    }
    throw WrongAccess.of(columns[field].field(), "a whole number");
  }

  @Override
  public @Nullable String text(int field) {
    ColumnData column = columns[field];
    if (column instanceof TextColumn texts) {
      return texts.get(row);
    } else if (column instanceof CategoryColumn categories) {
      int code = categories.code(row);
      return code < 0 ? null : categories.values().get(code);
    }
    throw WrongAccess.of(column.field(), "text");
  }

  @Override
  public void tensor(int field, float[] to, int at) {
    if (columns[field] instanceof TensorColumn tensors) {
      tensors.read(row, to, at);
    } else {
      throw WrongAccess.of(columns[field].field(), "a tensor");
    }
  }
}
