package dev.mlstack.data.read;

import dev.mlstack.data.arrow.ArrowTable;
import dev.mlstack.table.RejectedRow;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows that stand one behind the other. Owns the table.
 *
 * @param rejected those that were set aside, in order; they stand before the rows that follow this
 * @param table those that were read; {@code null} if there are none
 */
record Rows(List<RejectedRow> rejected, @Nullable ArrowTable table) implements AutoCloseable {

  @Override
  public void close() {
    if (table != null) {
      table.close();
    }
  }
}
