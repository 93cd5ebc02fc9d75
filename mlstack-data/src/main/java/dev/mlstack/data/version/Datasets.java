package dev.mlstack.data.version;

import dev.mlstack.compute.Execution;
import dev.mlstack.core.store.Erasure;
import dev.mlstack.data.access.AccessPolicy;
import dev.mlstack.data.access.AuditLog;
import dev.mlstack.store.Cause;
import dev.mlstack.store.ObjectStore;
import dev.mlstack.store.Ref;
import dev.mlstack.store.Refs;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;

/**
 * The datasets of a store.
 *
 * <pre>{@code
 * Datasets datasets = new Datasets(store, refs, "ada", Execution.here());
 * Snapshot patients =
 *     datasets.dataset("patients").commit(Csv.file(path).key("id"), checks, "first import");
 * }</pre>
 *
 * <p>Safe for use by several threads. Owns nothing: store, refs and executor belong to the caller.
 */
public final class Datasets {

  private final Home home;

  /**
   * Creates a view of a store.
   *
   * @param by who commits: a person or a program; not blank
   * @param execution hears of the progress of commits and may cancel them
   */
  public Datasets(ObjectStore store, Refs refs, String by, Execution execution) {
    this(new Home(store, refs, new Cause(by, "").by(), execution, null, null));
  }

  private Datasets(Home home) {
    this.home = home;
  }

  /**
   * Returns the same, whose snapshots are read into memory of an allocator of the application; by
   * default each reader has its own.
   */
  public Datasets withAllocator(BufferAllocator newAllocator) {
    return new Datasets(home.withAllocator(newAllocator));
  }

  /**
   * Returns the same, used by somebody else. Who has this object can be anybody: hand those whom
   * you do not trust a {@link VersionedDataset} or a {@link Snapshot}, which stay with one.
   *
   * @param who a person or a program; not blank
   */
  public Datasets as(String who) {
    return new Datasets(home.as(who));
  }

  /**
   * Returns the same, whose versions are read only as a policy allows, and whose reads are written
   * down:
   *
   * <pre>{@code
   * Datasets guarded = datasets.with(AccessPolicy.hiding("pii"), audit);
   * Snapshot patients = guarded.as("ada").dataset("patients").head().orElseThrow();
   * }</pre>
   *
   * <p>What is hidden is missing in every row, in a schema that says so; the digest is that of what
   * can be seen. If hidden values would go into the identities of rows, these are their positions.
   * Of rows that were set aside, what they quote is hidden if anything is. To read the report of
   * checks, to change rows, to merge and to erase, one must be allowed to see everything; to
   * compare, the keys. Rows can be committed by whoever may read the dataset.
   *
   * <p>If this has a policy and a log already, both policies decide and both logs hear.
   *
   * @param policy decides who may read what, each time a version is opened
   * @param audit hears of each read before it begins
   */
  public Datasets with(AccessPolicy policy, AuditLog audit) {
    return new Datasets(home.with(new Guard(policy, audit)));
  }

  /**
   * Returns a dataset, which need not exist yet, on its branch {@code main}.
   *
   * @param name lower-case letters, digits, dots, hyphens and underscores
   */
  public VersionedDataset dataset(String name) {
    return new VersionedDataset(home, name, Home.MAIN);
  }

  /** Returns the names of all datasets, sorted. */
  public List<String> names() {
    return home.refs().list(Home.DATASETS).stream()
        .map(Ref::name)
        .filter(Home::isBranch)
        .map(ref -> ref.path().split("/", -1)[1])
        .distinct()
        .toList();
  }

  /**
   * Erases rows from all datasets; see {@link #erase(List, RowSelection, String)}.
   *
   * @param reason why, in plain words that do not quote what is erased
   * @return a tombstone for each content that was replaced
   */
  public List<Erasure> erase(RowSelection rows, String reason) {
    return erase(names(), rows, reason);
  }

  /**
   * Erases rows from every version of some datasets: from all branches, all tags and their whole
   * history, from the rows that were set aside, and from what the reports of checks quote. When
   * this returns, their bytes are gone from the store, except what somebody still writes on top of:
   * that goes with the next collection.
   *
   * <p>Commits stay, and so do the digests that others remember; what they say of the content now
   * leads to a replacement, as a tombstone says ({@link Snapshot#erasures()}). Each branch that had
   * such rows gets a commit that says so. Content that was erased stays erased: who commits exactly
   * the same rows again gets the replacement.
   *
   * <p>Rows that were set aside are known by their text alone. They go if that mentions a value
   * that the rows are said to have; if it is not said what values they have, all that were ever set
   * aside go. A report of checks about a version that had such rows keeps its counts and quotes no
   * row any more.
   *
   * <p>If it fails or is killed half-way, it can be run again. Who reads an old version meanwhile
   * finishes, or hears that objects are not there.
   *
   * @param names the datasets
   * @param reason why, in plain words that do not quote what is erased
   * @return a tombstone for each content that was replaced
   */
  public List<Erasure> erase(List<String> names, RowSelection rows, String reason) {
    return new Eraser(home, rows, reason).run(names);
  }
}
