package dev.mlstack.data.version;

import dev.mlstack.table.Table;
import java.util.BitSet;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Rows by identity that take the place of others, or stand behind all. */
final class RowEdits implements Rewrite.Edits {

  private final Map<Long, Optional<PlacedRow>> rows;
  private final Set<Long> replaced = new HashSet<>();

  /**
   * Creates edits.
   *
   * @param rows what each row becomes: another row, or nothing; in the order in which new rows are
   *     appended
   */
  RowEdits(Map<Long, Optional<PlacedRow>> rows) {
    this.rows = rows;
  }

  @Override
  public BitSet in(Table table) {
    BitSet changed = new BitSet();
    for (int row = 0; row < table.rows(); row++) {
      if (rows.containsKey(table.rowId(row))) {
        changed.set(row);
      }
    }
    return changed;
  }

  @Override
  public void replace(Table table, int row, SnapshotWriter writer) {
    long id = table.rowId(row);
    replaced.add(id);
    Optional<PlacedRow> other = rows.getOrDefault(id, Optional.empty());
    other.ifPresent(placed -> writer.append(placed.table(), placed.row(), id));
  }

  /** Appends the rows that have replaced none. */
  void appendRest(SnapshotWriter writer) {
    rows.forEach(
        (id, row) -> {
          if (!replaced.contains(id)) {
            row.ifPresent(placed -> writer.append(placed.table(), placed.row(), id));
          }
        });
  }
}
