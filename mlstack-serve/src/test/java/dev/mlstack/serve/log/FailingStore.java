package dev.mlstack.serve.log;

import dev.mlstack.compute.Execution;
import dev.mlstack.core.store.MemoryStore;
import dev.mlstack.store.Batch;
import dev.mlstack.store.Digest;
import dev.mlstack.store.ObjectStore;
import dev.mlstack.store.Refs;
import dev.mlstack.store.StoreException;
import dev.mlstack.store.StoreProblem;
import dev.mlstack.store.StoredObject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/** A store in memory whose disk is full, or slow, when a test says so. */
final class FailingStore implements ObjectStore {

  private final MemoryStore store = new MemoryStore();
  private volatile boolean full;
  private volatile CountDownLatch reached = new CountDownLatch(1);
  private volatile CountDownLatch released = new CountDownLatch(0);

  void fill() {
    full = true;
  }

  void free() {
    full = false;
  }

  /** Makes every writer wait from now on. */
  void block() {
    reached = new CountDownLatch(1);
    released = new CountDownLatch(1);
  }

  void awaitWriter() throws InterruptedException {
    reached.await();
  }

  void unblock() {
    released.countDown();
  }

  @Override
  public Batch batch() {
    reached.countDown();
    try {
      released.await();
    } catch (InterruptedException e) {
      throw new AssertionError("nobody interrupts the writer", e);
    }
    if (full) {
      throw new StoreException("cannot write to the store: no space left; free space on that disk");
    }
    return store.batch();
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
