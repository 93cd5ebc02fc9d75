package dev.mlstack.data.version;

import dev.mlstack.compute.Execution;
import dev.mlstack.data.check.Checks;
import dev.mlstack.store.Batch;
import dev.mlstack.store.Cause;
import dev.mlstack.store.Digest;
import dev.mlstack.store.ObjectStore;
import dev.mlstack.store.Provenance;
import dev.mlstack.store.Ref;
import dev.mlstack.store.RefName;
import dev.mlstack.store.Refs;
import dev.mlstack.table.Source;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/**
 * A dataset by name, with its history.
 *
 * <p>Its newest commit is what the ref {@code datasets/<name>/main} points to. Two that commit at
 * once both succeed, one after the other. Safe for use by several threads; several processes may
 * share the store.
 */
public final class VersionedDataset {

  private final String name;
  private final RefName ref;
  private final ObjectStore store;
  private final Refs refs;
  private final String by;
  private final Execution execution;
  private final @Nullable BufferAllocator allocator;

  VersionedDataset(
      String name,
      RefName ref,
      ObjectStore store,
      Refs refs,
      String by,
      Execution execution,
      @Nullable BufferAllocator allocator) {
    this.name = name;
    this.ref = ref;
    this.store = store;
    this.refs = refs;
    this.by = by;
    this.execution = execution;
    this.allocator = allocator;
  }

  /** Returns the name. */
  public String name() {
    return name;
  }

  /** Commits all rows that can be read, without checks. */
  public Snapshot commit(Source source) throws IOException {
    return commit(source, Checks.none());
  }

  /** Commits all rows that can be read and pass the checks. */
  public Snapshot commit(Source source, Checks checks) throws IOException {
    return commit(source, checks, "");
  }

  /**
   * Reads a source, checks it, and makes its rows the newest version of this dataset. Rows that
   * cannot be read, fail a check, or have the key of a row before them are set aside and kept
   * beside it.
   *
   * @param message why, in plain words; may be empty
   * @throws IOException if the source cannot be opened
   * @throws dev.mlstack.table.DataException if too many rows cannot be read, a check refuses the
   *     data, or no row is left; nothing is stored
   * @throws IllegalArgumentException if a check is about a column that is not there
   * @throws dev.mlstack.store.StoreException if storing fails; the dataset stays as it was
   */
  public Snapshot commit(Source source, Checks checks, String message) throws IOException {
    try (Batch batch = store.batch()) {
      Committer.Written written = new Committer(source, checks, batch, execution).write();
      while (true) {
        Optional<Ref> head = refs.find(ref);
        Provenance record = Commit.record(name, message, by, head.map(Ref::target), written);
        Digest commit = batch.put(record.toObject());
        batch.commit();
        if (move(head, commit, new Cause(by, message))) {
          return snapshot(commit);
        }
      }
    }
  }

  private boolean move(Optional<Ref> head, Digest commit, Cause cause) {
    return head.isPresent()
        ? refs.move(ref, head.get().target(), commit, cause)
        : refs.create(ref, commit, cause);
  }

  /** Returns the newest version, if there is one. */
  public Optional<Snapshot> head() {
    return refs.find(ref).map(head -> snapshot(head.target()));
  }

  /** Returns all commits, the newest first. */
  public List<Commit> history() {
    List<Commit> history = new ArrayList<>();
    Optional<Digest> next = refs.find(ref).map(Ref::target);
    while (next.isPresent()) {
      Commit commit = Commit.read(store, next.get());
      history.add(commit);
      next = commit.parents().stream().findFirst();
    }
    return history;
  }

  /**
   * Returns any version.
   *
   * @param commitOrSnapshot the digest of a commit, or of the content of a snapshot
   * @throws dev.mlstack.store.StoreException if there is none
   */
  public Snapshot snapshot(Digest commitOrSnapshot) {
    return Snapshot.open(store, commitOrSnapshot, allocator);
  }

  /** Returns the name. */
  @Override
  public String toString() {
    return "dataset " + name;
  }
}
