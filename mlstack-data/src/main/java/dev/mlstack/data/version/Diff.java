package dev.mlstack.data.version;

import dev.mlstack.compute.Execution;
import dev.mlstack.schema.Field;
import dev.mlstack.schema.Schema;
import dev.mlstack.table.Dataset;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;

/**
 * What is different in one version of a dataset from another: columns, and rows by identity.
 *
 * <p>With keys, a row whose values were changed is the same row. Without keys, it is one row that
 * has gone and another that has come. The order of rows is no difference.
 *
 * <p>Immutable. The rows are read from the two snapshots when they are asked for.
 */
public final class Diff {

  private final Snapshot before;
  private final Snapshot after;
  private final SharedColumns shared;
  private final RowChanges changes;

  private Diff(Snapshot before, Snapshot after, RowChanges changes) {
    this.before = before;
    this.after = after;
    this.shared = SharedColumns.of(before.schema(), after.schema());
    this.changes = changes;
  }

  /**
   * Compares two snapshots. Groups of rows that both have are skipped, so few differences between
   * large versions of one dataset are found fast; of the others, the identities are in memory.
   *
   * @param execution hears of the progress and may cancel it
   * @throws dev.mlstack.data.access.AccessDeniedException if a policy hides a key, or any column
   *     where there are no keys; other columns that it hides are equal in all rows
   */
  public static Diff of(Snapshot before, Snapshot after, Execution execution) {
    before.requireIdentities("compare versions of");
    after.requireIdentities("compare versions of");
    return new Diff(before, after, new DiffScan(before, after, execution).run());
  }

  /**
   * A column whose description is different: its type, role, tags, or whether values may lack.
   *
   * @param before what it was
   * @param after what it is
   */
  public record ColumnChange(Field before, Field after) {}

  /**
   * A row whose values are different.
   *
   * @param rowId its identity
   * @param columns the columns whose values differ, of those that both versions have
   */
  public record RowChange(long rowId, List<String> columns) {}

  /** Returns the columns that only the later version has. */
  public List<Field> addedColumns() {
    return missing(after.schema(), before.schema());
  }

  /** Returns the columns that only the earlier version has. */
  public List<Field> removedColumns() {
    return missing(before.schema(), after.schema());
  }

  private static List<Field> missing(Schema from, Schema in) {
    return from.fields().stream().filter(field -> in.find(field.name()).isEmpty()).toList();
  }

  /** Returns the columns that both have, with another description. */
  public List<ColumnChange> changedColumns() {
    return shared.names().stream()
        .map(name -> new ColumnChange(before.schema().field(name), after.schema().field(name)))
        .filter(change -> !change.before().equals(change.after()))
        .toList();
  }

  /** Returns the rows that only the later version has, in its order. */
  public Dataset added() {
    return picked(after, changes::isAdded, changes::after);
  }

  /** Returns the rows that only the earlier version has, in its order. */
  public Dataset removed() {
    return picked(before, changes::isRemoved, changes::before);
  }

  /** Returns the rows whose values differ, as they were, in the order of {@link #changes()}. */
  public Dataset changedBefore() {
    return picked(before, changes::isChanged, changes::before);
  }

  /** Returns the rows whose values differ, as they are, in the order of {@link #changes()}. */
  public Dataset changedAfter() {
    return picked(after, changes::isChanged, changes::after);
  }

  private Dataset picked(Snapshot snapshot, IntPredicate which, IntToLongFunction place) {
    return new PickedRows(
        snapshot, IntStream.range(0, changes.size()).filter(which).mapToLong(place).toArray());
  }

  /** Returns the rows whose values differ, in the order of the later version. */
  public List<RowChange> changes() {
    return IntStream.range(0, changes.size())
        .filter(changes::isChanged)
        .mapToObj(i -> new RowChange(changes.id(i), names(i)))
        .toList();
  }

  private List<String> names(int index) {
    return changes.columns(index).stream().mapToObj(shared.names()::get).toList();
  }

  /** Returns for each column in which rows differ, how many do. */
  public SortedMap<String, Long> changedCells() {
    SortedMap<String, Long> counts = new TreeMap<>();
    for (int i = 0; i < changes.size(); i++) {
      names(i).forEach(name -> counts.merge(name, 1L, Long::sum));
    }
    return counts;
  }

  /** Tells whether columns and rows are the same; their order may still differ. */
  public boolean isEmpty() {
    return changes.size() == 0
        && addedColumns().isEmpty()
        && removedColumns().isEmpty()
        && changedColumns().isEmpty();
  }

  RowChanges rowChanges() {
    return changes;
  }

  /** Returns how much is different; columns only where there are such. */
  @Override
  public String toString() {
    return added().rows()
        + " rows added, "
        + removed().rows()
        + " removed, "
        + changedAfter().rows()
        + " changed"
        + shown(" in ", changedCells().entrySet())
        + shown("; columns added ", addedColumns())
        + shown("; columns removed ", removedColumns())
        + shown("; columns changed ", changedColumns());
  }

  private static String shown(String what, Collection<?> items) {
    return items.isEmpty() ? "" : what + items;
  }
}
