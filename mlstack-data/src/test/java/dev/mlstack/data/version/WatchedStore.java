package dev.mlstack.data.version;

import dev.mlstack.compute.Execution;
import dev.mlstack.core.store.MemoryStore;
import dev.mlstack.store.Batch;
import dev.mlstack.store.CorruptObjectException;
import dev.mlstack.store.Digest;
import dev.mlstack.store.ObjectStore;
import dev.mlstack.store.Refs;
import dev.mlstack.store.StoreProblem;
import dev.mlstack.store.StoredObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** A store in memory that remembers what was read, and can lose the bytes of objects. */
final class WatchedStore implements ObjectStore {

  private final MemoryStore store = new MemoryStore();
  private final List<Digest> read = Collections.synchronizedList(new ArrayList<>());
  private final Set<Digest> damaged = new HashSet<>();

  /** Returns what was read so far, and forgets it. */
  List<Digest> takeRead() {
    List<Digest> taken = List.copyOf(read);
    read.clear();
    return taken;
  }

  void damage(Digest digest) {
    damaged.add(digest);
  }

  void mend(Digest digest) {
    damaged.remove(digest);
  }

  /** Returns how many bytes all objects have. */
  long bytes() {
    return store.digests().mapToLong(digest -> store.get(digest).encodedSize()).sum();
  }

  @Override
  public StoredObject get(Digest digest) {
    read.add(digest);
    if (damaged.contains(digest)) {
      throw new CorruptObjectException(digest, "nowhere");
    }
    return store.get(digest);
  }

  @Override
  public boolean contains(Digest digest) {
    return store.contains(digest);
  }

  @Override
  public Batch batch() {
    return store.batch();
  }

  @Override
  public Stream<Digest> digests() {
    return store.digests();
  }

  @Override
  public List<StoreProblem> verify(Execution execution) {
    return store.verify(execution);
  }

  @Override
  public Collected collect(Refs roots, Duration grace, Execution execution) {
    return store.collect(roots, grace, execution);
  }

  @Override
  public void close() {
    store.close();
  }
}
