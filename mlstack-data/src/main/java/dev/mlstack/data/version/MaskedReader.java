package dev.mlstack.data.version;

import dev.mlstack.table.Table;
import dev.mlstack.table.TableReader;
import org.jspecify.annotations.Nullable;

/** Reads what a view shows. Owns the reader of what is stored. */
final class MaskedReader implements TableReader {

  private final TableReader reader;
  private final View view;
  private long position;

  /**
   * Creates a reader.
   *
   * @param position in the snapshot of the first row that is read
   */
  MaskedReader(TableReader reader, View view, long position) {
    this.reader = reader;
    this.view = view;
    this.position = position;
  }

  @Override
  public @Nullable Table next() {
    Table table = reader.next();
    if (table == null) {
      return null;
    }
    MaskedTable masked = new MaskedTable(table, view, position);
    position += table.rows();
    return masked;
  }

  @Override
  public void close() {
    reader.close();
  }
}
