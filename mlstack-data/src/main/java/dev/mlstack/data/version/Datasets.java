package dev.mlstack.data.version;

import dev.mlstack.compute.Execution;
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
    this(new Home(store, refs, new Cause(by, "").by(), execution, null));
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
}
