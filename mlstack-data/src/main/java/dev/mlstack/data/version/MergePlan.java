package dev.mlstack.data.version;

import dev.mlstack.compute.Execution;
import dev.mlstack.core.table.MemoryTable;
import dev.mlstack.data.internal.CellText;
import dev.mlstack.table.DataException;
import dev.mlstack.table.Row;
import dev.mlstack.table.Table;
import dev.mlstack.table.TableCursor;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What a merge changes in ours: for each row that theirs has changed since the base, what becomes
 * of it. Keeps the rows that change in memory. Owns what it reads rows with.
 */
final class MergePlan implements AutoCloseable {

  private final Snapshot ours;
  private final Snapshot theirs;
  private final Conflict.Resolution resolution;
  private final RowChanges inOurs;
  private final RowChanges inTheirs;
  private final Map<Long, Integer> oursById = new HashMap<>();
  private final OpenGroups baseRows;
  private final OpenGroups ourRows;
  private final OpenGroups theirRows;
  private final MemoryTable.Builder rows;
  private final Map<Long, Optional<Integer>> edits = new LinkedHashMap<>();
  private final List<Conflict> conflicts = new ArrayList<>();
  private final StringBuilder sides = new StringBuilder();

  private MergePlan(
      Snapshot base,
      Snapshot ours,
      Snapshot theirs,
      Conflict.Resolution resolution,
      Execution execution) {
    this.ours = ours;
    this.theirs = theirs;
    this.resolution = resolution;
    this.inOurs = Diff.of(base, ours, execution).rowChanges();
    this.inTheirs = Diff.of(base, theirs, execution).rowChanges();
    this.baseRows = new OpenGroups(base);
    this.ourRows = new OpenGroups(ours);
    this.theirRows = new OpenGroups(theirs);
    this.rows = MemoryTable.builder(ours.schema());
    for (int i = 0; i < inOurs.size(); i++) {
      oursById.put(inOurs.id(i), i);
    }
  }

  /**
   * What came of planning.
   *
   * @param edits what changes in ours
   * @param conflicts those that were not resolved
   * @param sides for each that was, in order, {@code o} or {@code t}
   */
  record Result(Map<Long, Optional<PlacedRow>> edits, List<Conflict> conflicts, String sides) {}

  static Result of(
      Snapshot base,
      Snapshot ours,
      Snapshot theirs,
      Conflict.Resolution resolution,
      Execution execution) {
    if (!base.schema().equals(ours.schema()) || !base.schema().equals(theirs.schema())) {
      throw new DataException(
          "cannot merge because the columns have changed since the branches parted; commit the rows"
              + " of one of them with the columns of the other");
    }
    try (MergePlan plan = new MergePlan(base, ours, theirs, resolution, execution)) {
      for (int i = 0; i < plan.inTheirs.size(); i++) {
        plan.merge(i, plan.oursById.get(plan.inTheirs.id(i)));
      }
      return plan.result();
    }
  }

  private Result result() {
    MemoryTable table = rows.build();
    Map<Long, Optional<PlacedRow>> placed = new LinkedHashMap<>();
    edits.forEach((id, row) -> placed.put(id, row.map(index -> new PlacedRow(table, index))));
    return new Result(placed, conflicts, sides.toString());
  }

  private void merge(int change, @Nullable Integer our) {
    if (our == null) {
      take(change);
    } else if (inTheirs.isRemoved(change) && inOurs.isRemoved(our)) {
      return; // Both agree.
    } else if (inTheirs.isRemoved(change) || inOurs.isRemoved(our)) {
      if (sideOfRow(change, our) == Conflict.Side.THEIRS) {
        take(change);
      }
    } else {
      mergeValues(change, our);
    }
  }

  /** Makes of a row what it is in theirs. */
  private void take(int change) {
    if (inTheirs.isRemoved(change)) {
      edits.put(inTheirs.id(change), Optional.empty());
    } else {
      put(inTheirs.id(change), theirRows.row(inTheirs.after(change)));
    }
  }

  private void put(long id, Row row) {
    edits.put(id, Optional.of(rows.rows()));
    rows.add(id, row);
  }

  /** Merges a row that both sides have changed, or added. */
  private void mergeValues(int change, int our) {
    long ourPlace = inOurs.after(our);
    long theirPlace = inTheirs.after(change);
    BitSet fromTheirs = new BitSet();
    BitSet differing = differing(ourPlace, theirPlace);
    for (int i = differing.nextSetBit(0); i >= 0; i = differing.nextSetBit(i + 1)) {
      boolean added = inTheirs.isAdded(change);
      boolean changedByUs = added || inOurs.columns(our).get(i);
      boolean changedByThem = added || inTheirs.columns(change).get(i);
      boolean taken =
          changedByThem && (!changedByUs || sideOfValue(change, our, i) == Conflict.Side.THEIRS);
      fromTheirs.set(i, taken);
    }
    if (!fromTheirs.isEmpty()) {
      TableCursor own = ourRows.row(ourPlace);
      put(inTheirs.id(change), new MergedRow(own, theirRows.row(theirPlace), fromTheirs));
    }
  }

  private BitSet differing(long ourPlace, long theirPlace) {
    BitSet all = new BitSet();
    all.set(0, ours.schema().size());
    SharedColumns shared = SharedColumns.of(ours.schema(), theirs.schema());
    Table own = one(ourRows, ourPlace);
    return shared.new Comparison(own, one(theirRows, theirPlace), all).differing(0, 0);
  }

  private static Table one(OpenGroups groups, long place) {
    return groups.table(RowChanges.group(place)).select(RowChanges.row(place));
  }

  private Conflict.Side sideOfRow(int change, int our) {
    return side(
        conflict(
            change,
            Optional.empty(),
            text(baseRows, inTheirs.before(change), Optional.empty()),
            text(ourRows, inOurs.after(our), Optional.empty()),
            text(theirRows, inTheirs.after(change), Optional.empty())));
  }

  private Conflict.Side sideOfValue(int change, int our, int column) {
    Optional<Integer> field = Optional.of(column);
    return side(
        conflict(
            change,
            Optional.of(ours.schema().field(column).name()),
            text(baseRows, inTheirs.before(change), field),
            text(ourRows, inOurs.after(our), field),
            text(theirRows, inTheirs.after(change), field)));
  }

  private Conflict conflict(
      int change,
      Optional<String> column,
      Optional<String> base,
      Optional<String> own,
      Optional<String> other) {
    return new Conflict(inTheirs.id(change), key(change), column, base, own, other);
  }

  /** Returns which side stands; ours for now if the conflict stays one. */
  private Conflict.Side side(Conflict conflict) {
    Optional<Conflict.Side> side = resolution.of(conflict);
    if (side.isEmpty()) {
      conflicts.add(conflict);
      return Conflict.Side.OURS;
    }
    sides.append(side.get() == Conflict.Side.OURS ? 'o' : 't');
    return side.get();
  }

  private String key(int change) {
    int[] keys = RowIdentities.keys(ours.schema());
    Table row =
        inTheirs.isRemoved(change)
            ? one(baseRows, inTheirs.before(change))
            : one(theirRows, inTheirs.after(change));
    return IntStream.of(keys)
        .mapToObj(field -> CellText.of(row.column(field), 0))
        .collect(Collectors.joining(", "));
  }

  private static Optional<String> text(OpenGroups groups, long place, Optional<Integer> field) {
    if (place == RowChanges.NONE) {
      return Optional.empty();
    }
    Table row = one(groups, place);
    return Optional.of(
        field
            .map(index -> CellText.of(row.column(index), 0))
            .orElseGet(() -> CellText.ofRow(row, 0)));
  }

  @Override
  public void close() {
    baseRows.close();
    ourRows.close();
    theirRows.close();
  }
}
