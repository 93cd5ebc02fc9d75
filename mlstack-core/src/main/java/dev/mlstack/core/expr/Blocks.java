package dev.mlstack.core.expr;

import dev.mlstack.table.Table;
import java.util.Objects;

/** Cuts rows into blocks whose columns stay in the cache of the processor. */
final class Blocks {

  /** The most rows of a block. */
  static final int ROWS = 1024;

  private Blocks() {}

  /** Takes a block of rows. */
  interface Action {
    void accept(int from, int count);
  }

  static void forEach(Table table, int from, int count, Action action) {
    Objects.checkFromIndexSize(from, count, table.rows());
    for (int done = 0; done < count; done += ROWS) {
      action.accept(from + done, Math.min(ROWS, count - done));
    }
  }
}
