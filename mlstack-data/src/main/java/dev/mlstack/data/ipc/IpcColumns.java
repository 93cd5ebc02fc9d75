package dev.mlstack.data.ipc;

import dev.mlstack.data.columnar.RawColumn;
import java.io.IOException;

/** Reads the columns of one batch after another. */
final class IpcColumns {

  private final IpcSchema schema;
  private final RawColumn[] indexes;

  IpcColumns(IpcSchema schema) {
    this.schema = schema;
    this.indexes = new RawColumn[schema.columns().size()];
  }

  /** Reads some rows of a column. */
  void read(
      int column, Buffers buffers, Dictionaries dictionaries, long from, int rows, RawColumn to)
      throws IOException {
    Layout layout = schema.layouts().get(column);
    if (layout.dictionary().isEmpty()) {
      ColumnDecoder.decode(layout, layout.type(), buffers, from, rows, to);
      return;
    }
    RawColumn numbers = indexes[column];
    if (numbers == null) {
      numbers = new RawColumn();
      indexes[column] = numbers;
    }
    ColumnDecoder.decode(layout, layout.index(), buffers, from, rows, numbers);
    dictionaries.get(layout.dictionary().getAsLong()).lookUp(numbers, layout.index(), to);
  }
}
