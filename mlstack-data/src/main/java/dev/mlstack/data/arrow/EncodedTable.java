package dev.mlstack.data.arrow;

import dev.mlstack.core.table.EncodedColumn;

/** The canonical bytes of a table, fetched piece by piece. Safe for use by several threads. */
public interface EncodedTable {

  /** Returns the identities of the rows. */
  long[] rowIds();

  /** Returns a column. */
  EncodedColumn column(int index);
}
