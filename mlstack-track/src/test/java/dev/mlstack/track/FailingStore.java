package dev.mlstack.track;

import dev.mlstack.compute.Execution;
import dev.mlstack.core.store.MemoryStore;
import dev.mlstack.store.Batch;
import dev.mlstack.store.CorruptObjectException;
import dev.mlstack.store.Digest;
import dev.mlstack.store.ObjectStore;
import dev.mlstack.store.Refs;
import dev.mlstack.store.StoreException;
import dev.mlstack.store.StoreProblem;
import dev.mlstack.store.StoredObject;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** A store that cannot write while it is told so, and whose objects can be damaged. */
final class FailingStore implements ObjectStore {

  private final ObjectStore store = new MemoryStore();
  private final Set<Digest> damaged = new HashSet<>();
  private volatile boolean failing;

  void fail(boolean fails) {
    failing = fails;
  }

  void damage(Digest digest) {
    damaged.add(digest);
  }

  @Override
  public boolean contains(Digest digest) {
    return store.contains(digest);
  }

  @Override
  public StoredObject get(Digest digest) {
    if (damaged.contains(digest)) {
      throw new CorruptObjectException(digest, "a failing store");
    }
    return store.get(digest);
  }

  @Override
  public Batch batch() {
    Batch batch = store.batch();
    return new Batch() {
      @Override
      public Digest put(StoredObject object) {
        return batch.put(object);
      }

      @Override
      public void commit() {
        if (failing) {
          throw new StoreException("the disk of the store is full");
        }
        batch.commit();
      }

      @Override
      public void close() {
        batch.close();
      }
    };
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
