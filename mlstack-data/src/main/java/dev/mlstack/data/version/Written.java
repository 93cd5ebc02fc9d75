package dev.mlstack.data.version;

import dev.mlstack.store.Digest;
import dev.mlstack.table.Source;
import java.util.Optional;

/**
 * A new snapshot that was put into a batch, with what its commit tells of it.
 *
 * @param recipe how the snapshot is made
 * @param origin what was read, if a source was
 * @param snapshot the snapshot
 * @param rows how many rows it has
 * @param rejectedRows the snapshot of the rows that were set aside
 * @param rejected how many these are
 * @param checks the report of the checks
 */
record Written(
    Digest recipe,
    Optional<Source.Origin> origin,
    Digest snapshot,
    long rows,
    Optional<Digest> rejectedRows,
    long rejected,
    Optional<Digest> checks) {

  /** Returns a snapshot that was made of others. */
  static Written derived(Digest recipe, Digest snapshot, long rows) {
    return new Written(
        recipe, Optional.empty(), snapshot, rows, Optional.empty(), 0, Optional.empty());
  }
}
