package dev.mlstack.testkit;

import dev.mlstack.compute.Execution;
import dev.mlstack.store.Batch;
import dev.mlstack.store.Digest;
import dev.mlstack.store.ObjectStore;
import dev.mlstack.store.Refs;
import dev.mlstack.store.StoreProblem;
import dev.mlstack.store.StoredObject;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** A store that passes everything on to another. Tests override what they want to disturb. */
public abstract class ForwardingStore implements ObjectStore {

  private final ObjectStore store;

  /**
   * Wraps a store.
   *
   * @param store where everything is passed on to, also {@link #close()}
   */
  protected ForwardingStore(ObjectStore store) {
    this.store = store;
  }

  @Override
  public boolean contains(Digest digest) {
    return store.contains(digest);
  }

  @Override
  public StoredObject get(Digest digest) {
    return store.get(digest);
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
