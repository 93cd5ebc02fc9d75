package dev.mlstack.testkit;

import dev.mlstack.compute.Execution;
import dev.mlstack.store.Batch;
import dev.mlstack.store.CorruptObjectException;
import dev.mlstack.store.Digest;
import dev.mlstack.store.ObjectNotFoundException;
import dev.mlstack.store.ObjectStore;
import dev.mlstack.store.Refs;
import dev.mlstack.store.StoreProblem;
import dev.mlstack.store.StoredObject;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** A store that loses or damages the objects it is told to. */
final class ForgetfulStore implements ObjectStore {

  private final ObjectStore store;
  private final Set<Digest> lost = new HashSet<>();
  private final Set<Digest> damaged = new HashSet<>();
  private int reads;

  ForgetfulStore(ObjectStore store) {
    this.store = store;
  }

  void lose(Digest digest) {
    lost.add(digest);
  }

  void damage(Digest digest) {
    damaged.add(digest);
  }

  void restore(Digest digest) {
    lost.remove(digest);
    damaged.remove(digest);
  }

  /** Returns how many objects were read. */
  int reads() {
    return reads;
  }

  @Override
  public boolean contains(Digest digest) {
    return !lost.contains(digest) && store.contains(digest);
  }

  @Override
  public StoredObject get(Digest digest) {
    reads++;
    if (lost.contains(digest)) {
      throw new ObjectNotFoundException(digest, "a forgetful store");
    } else if (damaged.contains(digest)) {
      throw new CorruptObjectException(digest, "a forgetful store");
    }
    return store.get(digest);
  }

  @Override
  public Batch batch() {
    return store.batch();
  }

  @Override
  public Stream<Digest> digests() {
    return store.digests().filter(digest -> !lost.contains(digest));
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
