package dev.mlstack.data.version;

import dev.mlstack.schema.Schema;
import dev.mlstack.table.ColumnData;
import dev.mlstack.table.Table;
import java.util.Objects;

/** What a view shows of a table. Borrowed with that table. */
final class MaskedTable implements Table {

  private final Table table;
  private final View view;
  private final long position;

  /**
   * Creates a table.
   *
   * @param position of its first row in the snapshot
   */
  MaskedTable(Table table, View view, long position) {
    this.table = table;
    this.view = view;
    this.position = position;
  }

  @Override
  public Schema schema() {
    return view.schema();
  }

  @Override
  public int rows() {
    return table.rows();
  }

  /** Returns a column; one that is hidden is not even read. */
  @Override
  public ColumnData column(int index) {
    return view.isHidden(index)
        ? MissingColumn.of(view.schema().field(index), table.rows())
        : table.column(index);
  }

  @Override
  public long rowId(int row) {
    return view.hidesIdentities()
        ? position + Objects.checkIndex(row, table.rows())
        : table.rowId(row);
  }
}
