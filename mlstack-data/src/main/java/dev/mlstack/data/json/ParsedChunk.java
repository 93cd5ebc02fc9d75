package dev.mlstack.data.json;

import dev.mlstack.data.arrow.ArrowTable;
import dev.mlstack.table.RejectedRow;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of one piece. Owns the table.
 *
 * @param table its rows; {@code null} if there are none
 * @param rows how many there are
 * @param rejected the rows that were set aside
 */
record ParsedChunk(@Nullable ArrowTable table, int rows, List<RejectedRow> rejected) {

  void close() {
    if (table != null) {
      table.close();
    }
  }
}
