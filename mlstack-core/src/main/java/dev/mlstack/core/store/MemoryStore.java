package dev.mlstack.core.store;

import dev.mlstack.compute.Execution;
import dev.mlstack.store.Batch;
import dev.mlstack.store.Digest;
import dev.mlstack.store.ObjectNotFoundException;
import dev.mlstack.store.ObjectStore;
import dev.mlstack.store.Refs;
import dev.mlstack.store.StoreProblem;
import dev.mlstack.store.StoredObject;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Keeps objects in the memory of the process. They are gone when it ends. */
public final class MemoryStore implements ObjectStore {

  private final Map<Digest, StoredObject> objects = new ConcurrentHashMap<>();

  /** Creates a store without objects. */
  public MemoryStore() {}

  @Override
  public boolean contains(Digest digest) {
    return objects.containsKey(digest);
  }

  @Override
  public StoredObject get(Digest digest) {
    StoredObject object = objects.get(digest);
    if (object == null) {
      throw new ObjectNotFoundException(digest, "memory");
    }
    return object;
  }

  @Override
  public Batch batch() {
    return new MemoryBatch();
  }

  @Override
  public Stream<Digest> digests() {
    return List.copyOf(objects.keySet()).stream();
  }

  /** Returns nothing: an object in memory cannot be damaged. */
  @Override
  public List<StoreProblem> verify(Execution execution) {
    return List.of();
  }

  @Override
  public Collected collect(Refs roots, Duration grace, Execution execution) {
    throw new IllegalStateException("not written yet");
  }

  /** Does nothing: objects stay readable as long as somebody has the store. */
  @Override
  public void close() {}

  private final class MemoryBatch implements Batch {
    private final Map<Digest, StoredObject> pending = new LinkedHashMap<>();
    private boolean closed;

    @Override
    public Digest put(StoredObject object) {
      requireOpen();
      pending.put(object.digest(), object);
      return object.digest();
    }

    @Override
    public void commit() {
      requireOpen();
      objects.putAll(pending);
      pending.clear();
    }

    @Override
    public void close() {
      closed = true;
      pending.clear();
    }

    private void requireOpen() {
      if (closed) {
        throw new IllegalStateException("the batch is closed; open another one");
      }
    }
  }
}
