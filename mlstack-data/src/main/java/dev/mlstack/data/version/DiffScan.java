package dev.mlstack.data.version;

import dev.mlstack.compute.Execution;
import dev.mlstack.compute.Progress;
import dev.mlstack.data.internal.RowBytes;
import dev.mlstack.store.Digest;
import dev.mlstack.store.Edge;
import dev.mlstack.table.Table;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds the rows that differ between two snapshots.
 *
 * <p>Groups with equal digests are skipped. Of two groups with the same rows, those columns are
 * read whose digests differ. The rows of the remaining groups meet by identity; those whose values
 * have equal hashes of 64 bits count as equal, the others are compared value by value. So the cost
 * is that of the groups that differ.
 */
final class DiffScan {

  private static final String TASK = "compare snapshots";

  private final Snapshot before;
  private final Snapshot after;
  private final SharedColumns shared;
  private final Execution execution;
  private final RowChanges changes = new RowChanges();
  private final Map<Long, Row> waiting = new LinkedHashMap<>();

  DiffScan(Snapshot before, Snapshot after, Execution execution) {
    this.before = before;
    this.after = after;
    this.shared = SharedColumns.of(before.schema(), after.schema());
    this.execution = execution;
  }

  /** A row of the first snapshot that has not met its like. */
  private record Row(long place, long hash) {}

  /** The columns of a group. */
  private record Columns(int group, List<Digest> digests) {}

  RowChanges run() {
    try (OpenGroups left = new OpenGroups(before);
        OpenGroups right = new OpenGroups(after)) {
      Set<Digest> common = digests(before);
      common.retainAll(digests(after));
      Map<Digest, Columns> byIds = new HashMap<>();
      List<Columns> second = columns(after, common);
      second.forEach(columns -> byIds.put(columns.digests().get(0), columns));
      Map<Integer, Columns> twins = new HashMap<>();
      for (Columns first : columns(before, common)) {
        Columns twin = byIds.get(first.digests().get(0));
        if (twin == null) {
          wait(left.table(first.group()), first.group());
        } else {
          twins.put(twin.group(), first);
        }
      }
      for (int i = 0; i < second.size(); i++) {
        execution.checkCancelled(TASK);
        execution.report(Progress.of(TASK, i, second.size()));
        Columns columns = second.get(i);
        Columns twin = twins.get(columns.group());
        if (twin == null) {
          meet(right.table(columns.group()), columns.group(), left);
        } else {
          compare(twin, columns, left, right);
        }
      }
      waiting.forEach((id, row) -> changes.add(id, row.place(), RowChanges.NONE, new BitSet()));
      return changes;
    }
  }

  private static Set<Digest> digests(Snapshot snapshot) {
    Set<Digest> digests = new HashSet<>();
    snapshot.content().groups().forEach(group -> digests.add(group.digest()));
    return digests;
  }

  private static List<Columns> columns(Snapshot snapshot, Set<Digest> skipped) {
    List<SnapshotContent.Group> groups = snapshot.content().groups();
    List<Columns> columns = new ArrayList<>();
    for (int i = 0; i < groups.size(); i++) {
      Digest digest = groups.get(i).digest();
      if (!skipped.contains(digest)) {
        List<Edge> edges = snapshot.home().store().get(digest).edges();
        columns.add(new Columns(i, edges.stream().map(Edge::target).toList()));
      }
    }
    return columns;
  }

  /** Compares two groups of the same rows. */
  private void compare(Columns first, Columns second, OpenGroups left, OpenGroups right) {
    BitSet suspects = new BitSet();
    for (int i = 0; i < shared.size(); i++) {
      Digest one = first.digests().get(1 + shared.before()[i]);
      suspects.set(i, !one.equals(second.digests().get(1 + shared.after()[i])));
    }
    if (suspects.isEmpty()) {
      return; // Columns have come or gone.
    }
    Table a = left.table(first.group());
    Table b = right.table(second.group());
    SharedColumns.Comparison comparison = shared.new Comparison(a, b, suspects);
    for (int row = 0; row < b.rows(); row++) {
      BitSet differing = comparison.differing(row, row);
      if (!differing.isEmpty()) {
        long placeBefore = RowChanges.place(first.group(), row);
        long placeAfter = RowChanges.place(second.group(), row);
        changes.add(b.rowId(row), placeBefore, placeAfter, differing);
      }
    }
  }

  private void wait(Table table, int group) {
    RowBytes bytes = new RowBytes(table, shared.before());
    for (int row = 0; row < table.rows(); row++) {
      long hash = bytes.write(row).hash(0);
      waiting.put(table.rowId(row), new Row(RowChanges.place(group, row), hash));
    }
  }

  private void meet(Table table, int group, OpenGroups left) {
    RowBytes bytes = new RowBytes(table, shared.after());
    for (int row = 0; row < table.rows(); row++) {
      long id = table.rowId(row);
      Row other = waiting.remove(id);
      long place = RowChanges.place(group, row);
      if (other == null) {
        changes.add(id, RowChanges.NONE, place, new BitSet());
      } else if (other.hash() != bytes.write(row).hash(0)) {
        changes.add(id, other.place(), place, differing(left, other.place(), table, row));
      }
    }
  }

  private BitSet differing(OpenGroups left, long place, Table table, int row) {
    BitSet all = new BitSet();
    all.set(0, shared.size());
    Table other = left.table(RowChanges.group(place)).select(RowChanges.row(place));
    return shared.new Comparison(other, table.select(row), all).differing(0, 0);
  }
}
