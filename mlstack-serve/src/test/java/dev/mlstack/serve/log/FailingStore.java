package dev.mlstack.serve.log;

import dev.mlstack.core.store.MemoryStore;
import dev.mlstack.store.Batch;
import dev.mlstack.store.StoreException;
import dev.mlstack.testkit.ForwardingStore;
import java.util.concurrent.CountDownLatch;

/** A store in memory whose disk is full, or slow, when a test says so. */
final class FailingStore extends ForwardingStore {

  private volatile boolean full;
  private volatile CountDownLatch reached = new CountDownLatch(1);
  private volatile CountDownLatch released = new CountDownLatch(0);

  FailingStore() {
    super(new MemoryStore());
  }

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
    return super.batch();
  }
}
