package dev.mlstack.data.version;

import dev.mlstack.compute.Execution;
import dev.mlstack.store.Digest;
import dev.mlstack.table.Table;
import dev.mlstack.table.TableReader;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Copies a snapshot with changes. Groups without changes are taken over as they are, so the cost is
 * that of what changes, and of looking at the rest.
 */
final class Rewrite {

  private static final String TASK = "rewrite a snapshot";

  private final Snapshot base;
  private final SnapshotWriter writer;
  private final Execution execution;

  private final Set<Digest> unaffected;

  Rewrite(Snapshot base, SnapshotWriter writer, Execution execution) {
    this(base, writer, execution, new HashSet<>());
  }

  /**
   * Prepares to copy one of several snapshots with the same changes.
   *
   * @param unaffected the groups known to stay as they are; those that are found are added
   */
  Rewrite(Snapshot base, SnapshotWriter writer, Execution execution, Set<Digest> unaffected) {
    this.base = base;
    this.writer = writer;
    this.execution = execution;
    this.unaffected = unaffected;
  }

  /** What changes. */
  interface Edits {

    /** Returns the rows of a table that do not stay as they are. */
    BitSet in(Table table);

    /** Writes what stands in the place of such a row, if anything does. */
    void replace(Table table, int row, SnapshotWriter writer);
  }

  /** Writes all rows; more can be appended to the writer then. */
  void run(Edits edits) {
    List<SnapshotContent.Group> groups = base.content().groups();
    base.tell();
    try (TableReader reader = base.reader(groups)) {
      for (int i = 0; i < groups.size(); i++) {
        execution.checkCancelled(TASK);
        Table table = reader.next();
        if (table == null) {
          throw new IllegalStateException("a snapshot has fewer groups than it says");
        }
        copy(table, i, edits);
      }
    }
  }

  private void copy(Table table, int index, Edits edits) {
    SnapshotContent.Group group = base.content().groups().get(index);
    boolean isLast = index == base.content().groups().size() - 1;
    BitSet changed = unaffected.contains(group.digest()) ? new BitSet() : edits.in(table);
    if (changed.isEmpty()) {
      unaffected.add(group.digest());
    }
    writer.comesFrom(index);
    if (changed.isEmpty() && writer.isBetweenGroups()) {
      writer.reuse(group, isLast, () -> base.reader(List.of(group)));
      return;
    }
    long[] ids = SnapshotWriter.idsOf(table);
    int from = 0;
    for (int row = changed.nextSetBit(0); row >= 0; row = changed.nextSetBit(row + 1)) {
      writer.append(table, from, row, ids);
      edits.replace(table, row, writer);
      from = row + 1;
    }
    writer.append(table, from, table.rows(), ids);
  }
}
