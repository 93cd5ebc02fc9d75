package dev.mlstack.data.version;

import dev.mlstack.store.Batch;
import dev.mlstack.store.Cause;
import dev.mlstack.store.Digest;
import dev.mlstack.store.Recipe;
import dev.mlstack.store.Ref;
import dev.mlstack.store.Value;
import dev.mlstack.store.VersionedName;
import dev.mlstack.table.DataException;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Takes over into one branch what has changed in another since they parted: a three-way merge of
 * rows by identity, and of the values of a row by column.
 *
 * <pre>{@code
 * Merge merge = loans.merge(loans.on("fix"));
 * List<Conflict> open = merge.conflicts();
 * Snapshot merged = merge.resolve(Conflict.Resolution.THEIRS).commit("checked by two");
 * }</pre>
 *
 * <ul>
 *   <li>What only one side has changed, added or removed is taken from that side.
 *   <li>Of a row that both have changed, each value is taken from the side that has changed it.
 *   <li>It is a conflict if both have changed a value, to different ones, or one side has changed a
 *       row that the other has removed.
 * </ul>
 *
 * <p>Rows without keys are never changed, only added and removed, and so have no conflicts. Rows
 * stand in the order of ours; those that theirs has added stand behind. Immutable; nothing is
 * stored before {@link #commit}.
 */
public final class Merge {

  private static final VersionedName OPERATION = new VersionedName("merge", 1);

  private final VersionedDataset branch;
  private final Digest ours;
  private final Digest theirs;
  private final Digest base;
  private final Conflict.Resolution resolution;
  private final MergePlan.Result plan;

  private Merge(
      VersionedDataset branch, Digest ours, Digest theirs, Conflict.Resolution resolution) {
    this.branch = branch;
    this.ours = ours;
    this.theirs = theirs;
    this.resolution = resolution;
    this.base =
        new Ancestry(branch.home().store())
            .mergeBase(ours, theirs)
            .orElseThrow(
                () ->
                    new DataException(
                        "cannot merge into " + branch + ": no version is before both sides"));
    this.plan =
        MergePlan.of(
            branch.whole(base),
            branch.whole(ours),
            branch.whole(theirs),
            resolution,
            branch.home().execution());
  }

  static Merge of(VersionedDataset branch, VersionedDataset theirs) {
    return new Merge(branch, head(branch), head(theirs), Conflict.Resolution.NONE);
  }

  private static Digest head(VersionedDataset branch) {
    return branch
        .home()
        .refs()
        .find(branch.ref())
        .map(Ref::target)
        .orElseThrow(() -> new DataException("cannot merge " + branch + ": it has no version"));
  }

  /** Returns the same merge, in which each conflict is decided as given. */
  public Merge resolve(Conflict.Resolution newResolution) {
    return new Merge(branch, ours, theirs, newResolution);
  }

  /** Returns the conflicts that are not resolved. */
  public List<Conflict> conflicts() {
    return List.copyOf(plan.conflicts());
  }

  /**
   * Commits the merge to the branch. If the branch was not changed since they parted, it moves to
   * the other's commit; if there is nothing to take over, nothing is committed; otherwise the
   * commit has both sides as its parents. If others have committed to the branch meanwhile, it is
   * merged anew.
   *
   * @param message why, in plain words; may be empty
   * @return the newest version of the branch then
   * @throws MergeConflictException if there are conflicts; the branch stays as it was
   */
  public Snapshot commit(String message) {
    Merge merge = this;
    while (true) {
      Optional<Snapshot> committed = merge.tryCommit(message);
      if (committed.isPresent()) {
        return committed.get();
      }
      merge = new Merge(branch, head(branch), theirs, resolution);
    }
  }

  private Optional<Snapshot> tryCommit(String message) {
    if (!plan.conflicts().isEmpty()) {
      throw new MergeConflictException("merging into " + branch, plan.conflicts());
    }
    if (base.equals(theirs)) {
      return Optional.of(branch.whole(ours));
    }
    Home home = branch.home();
    try (Batch batch = home.store().batch()) {
      batch.put(home.store().get(ours));
      batch.put(home.store().get(theirs));
      Digest commit = base.equals(ours) ? theirs : putCommit(batch, message);
      batch.commit();
      return home.refs().move(branch.ref(), ours, commit, new Cause(home.by(), message))
          ? Optional.of(branch.snapshot(commit))
          : Optional.empty();
    }
  }

  private Digest putCommit(Batch batch, String message) {
    Home home = branch.home();
    Snapshot mine = branch.whole(ours);
    Similar similar = Similar.to(Optional.of(mine), home.store());
    SnapshotWriter writer = new SnapshotWriter(mine.schema(), batch, home.execution(), similar);
    RowEdits edits = new RowEdits(plan.edits());
    new Rewrite(mine, writer, home.execution()).run(edits);
    edits.appendRest(writer);
    Written written = Written.derived(recipe(mine).writeTo(batch), writer.finish(), writer.rows());
    return batch.put(
        Commit.derived(branch.name(), message, home.by(), List.of(ours, theirs), written)
            .toObject());
  }

  private Recipe recipe(Snapshot mine) {
    SortedMap<String, Digest> inputs = new TreeMap<>();
    inputs.put("base", branch.whole(base).digest());
    inputs.put("ours", mine.digest());
    inputs.put("theirs", branch.whole(theirs).digest());
    return Recipe.of(OPERATION, Value.doc().put("sides", plan.sides()).build(), inputs);
  }

  /** Returns which commit is merged into which branch, and how many conflicts are left. */
  @Override
  public String toString() {
    return "merge of "
        + theirs.abbreviated()
        + " into "
        + branch
        + ", "
        + plan.conflicts().size()
        + " conflicts";
  }
}
