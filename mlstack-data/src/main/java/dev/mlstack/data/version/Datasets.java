package dev.mlstack.data.version;

import dev.mlstack.compute.Execution;
import dev.mlstack.store.Cause;
import dev.mlstack.store.ObjectStore;
import dev.mlstack.store.Ref;
import dev.mlstack.store.RefName;
import dev.mlstack.store.Refs;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

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

  private static final RefName DATASETS = RefName.of("datasets");
  private static final String MAIN = "main";

  private final ObjectStore store;
  private final Refs refs;
  private final String by;
  private final Execution execution;
  private final @Nullable BufferAllocator allocator;

  /**
   * Creates a view of a store.
   *
   * @param by who commits: a person or a program; not blank
   * @param execution hears of the progress of commits and may cancel them
   */
  public Datasets(ObjectStore store, Refs refs, String by, Execution execution) {
    this(store, refs, new Cause(by, "").by(), execution, null);
  }

  private Datasets(
      ObjectStore store,
      Refs refs,
      String by,
      Execution execution,
      @Nullable BufferAllocator allocator) {
    this.store = store;
    this.refs = refs;
    this.by = by;
    this.execution = execution;
    this.allocator = allocator;
  }

  /**
   * Returns the same, whose snapshots are read into memory of an allocator of the application; by
   * default each reader has its own.
   */
  public Datasets withAllocator(BufferAllocator newAllocator) {
    return new Datasets(store, refs, by, execution, newAllocator);
  }

  /**
   * Returns a dataset, which need not exist yet.
   *
   * @param name lower-case letters, digits, dots, hyphens and underscores
   */
  public VersionedDataset dataset(String name) {
    RefName ref = DATASETS.child(name).child(MAIN);
    return new VersionedDataset(name, ref, store, refs, by, execution, allocator);
  }

  /** Returns the names of all datasets, sorted. */
  public List<String> names() {
    return refs.list(DATASETS).stream()
        .map(Ref::name)
        .filter(ref -> ref.last().equals(MAIN))
        .map(ref -> ref.path().split("/", -1)[1])
        .toList();
  }
}
