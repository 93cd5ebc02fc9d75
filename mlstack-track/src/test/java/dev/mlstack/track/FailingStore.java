package dev.mlstack.track;

import dev.mlstack.core.store.MemoryStore;
import dev.mlstack.store.Batch;
import dev.mlstack.store.CorruptObjectException;
import dev.mlstack.store.Digest;
import dev.mlstack.store.StoreException;
import dev.mlstack.store.StoredObject;
import dev.mlstack.testkit.ForwardingStore;
import java.util.HashSet;
import java.util.Set;

/** A store that cannot write while it is told so, and whose objects can be damaged. */
final class FailingStore extends ForwardingStore {

  private final Set<Digest> damaged = new HashSet<>();
  private volatile boolean failing;

  FailingStore() {
    super(new MemoryStore());
  }

  void fail(boolean fails) {
    failing = fails;
  }

  void damage(Digest digest) {
    damaged.add(digest);
  }

  @Override
  public StoredObject get(Digest digest) {
    if (damaged.contains(digest)) {
      throw new CorruptObjectException(digest, "a failing store");
    }
    return super.get(digest);
  }

  @Override
  public Batch batch() {
    Batch batch = super.batch();
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
}
