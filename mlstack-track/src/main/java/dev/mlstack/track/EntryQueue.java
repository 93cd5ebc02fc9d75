package dev.mlstack.track;

import dev.mlstack.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The bounded queue between the threads that log and the one that writes.
 *
 * <p>Adding an entry costs a lock and a store into an array. The writer takes the whole array and
 * leaves an empty one, so it holds the lock for a moment only. It is woken for the first entry,
 * waits a little for more to come, and is hurried when somebody wants to know that entries are
 * durable or when the array is half full. Whoever finds it full waits.
 *
 * <p>Invariants:
 *
 * <ol>
 *   <li>Entries leave in the order they came.
 *   <li>Behind the last entry of a run that was {@linkplain #stop stopped} no other comes, unless
 *       it is {@linkplain #resume resumed}.
 *   <li>While writing {@linkplain #failed fails}, entries are kept. Only when there is no room for
 *       more are they refused.
 * </ol>
 */
final class EntryQueue {

  /** How many entries there is room for: 65,536. */
  static final int CAPACITY = 1 << 16;

  /** How long the writer waits for more entries to write together: 100 milliseconds. */
  private static final long LINGER_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition room = lock.newCondition();
  private final Condition news = lock.newCondition();
  private List<Entry> entries = new ArrayList<>(CAPACITY);
  private boolean urgent;
  private boolean closed;
  private boolean broken;
  private @Nullable StoreException failure;

  /**
   * Adds an entry, and waits if there is no room.
   *
   * @throws IllegalStateException if the run has ended
   * @throws StoreException if there is no room and will be none, because writing fails
   */
  void put(Entry entry) {
    lock.lock();
    try {
      awaitRoom();
      entry.run().requireAccepting();
      add(entry);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Returns a future that completes when all that was added before is durable. If there is no room
   * because writing fails, it has failed, and the writer tries again.
   *
   * @throws IllegalStateException if the run has ended
   */
  CompletableFuture<Void> flush(OpenRun run) {
    lock.lock();
    try {
      awaitRoom();
      run.requireAccepting();
      return hurry(run);
    } catch (StoreException e) {
      urgent = true;
      news.signal();
      return CompletableFuture.failedFuture(e);
    } finally {
      lock.unlock();
    }
  }

  /** Refuses more entries of a run, and flushes. */
  CompletableFuture<Void> stop(OpenRun run) {
    lock.lock();
    try {
      awaitRoom();
      run.accept(false);
      return hurry(run);
    } finally {
      lock.unlock();
    }
  }

  /** Takes entries of a run again that was stopped. */
  void resume(OpenRun run) {
    lock.lock();
    try {
      run.accept(true);
    } finally {
      lock.unlock();
    }
  }

  /** Checks that a run takes entries. */
  void requireAccepting(OpenRun run) {
    lock.lock();
    try {
      run.requireAccepting();
    } finally {
      lock.unlock();
    }
  }

  private void awaitRoom() {
    while (closed || broken || entries.size() >= CAPACITY) {
      if (closed) {
        throw new IllegalStateException("the tracker is closed; nothing can be logged any more");
      } else if (failure != null) {
        throw new StoreException(failure.getMessage() + "; nothing more can be logged", failure);
      }
      room.awaitUninterruptibly();
    }
  }

  private void add(Entry entry) {
    entries.add(entry);
    int size = entries.size();
    if (size == 1 || size == CAPACITY / 2) {
      news.signal();
    }
  }

  private CompletableFuture<Void> hurry(OpenRun run) {
    Entry.Flush flush = new Entry.Flush(run, new CompletableFuture<>());
    entries.add(flush);
    urgent = true;
    news.signal();
    return flush.done();
  }

  /**
   * Takes all entries. Waits for the first of them, and then a little for more.
   *
   * @param empty a list without elements, which the queue fills from now on
   * @param idleNanos how long to wait for the first
   * @return what there is; empty after {@code idleNanos}, or when the queue was closed
   */
  List<Entry> take(List<Entry> empty, long idleNanos) throws InterruptedException {
    lock.lock();
    try {
      long idle = idleNanos;
      while (entries.isEmpty() && !closed && idle > 0) {
        idle = news.awaitNanos(idle);
      }
      long linger = entries.isEmpty() ? 0 : LINGER_NANOS;
      while (!urgent && !closed && entries.size() < CAPACITY / 2 && linger > 0) {
        linger = news.awaitNanos(linger);
      }
      List<Entry> taken = entries;
      entries = empty;
      urgent = false;
      room.signalAll();
      return taken;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Says that writing fails, for now.
   *
   * @return the requests to flush that are in the queue, which do not stay there
   */
  List<Entry> failed(StoreException e) {
    lock.lock();
    try {
      failure = e;
      urgent = false;
      List<Entry> flushes = new ArrayList<>(entries);
      flushes.removeIf(entry -> !(entry instanceof Entry.Flush));
      entries.removeIf(Entry.Flush.class::isInstance);
      room.signalAll();
      return flushes;
    } finally {
      lock.unlock();
    }
  }

  /** Says that writing will never succeed again. */
  void broken() {
    lock.lock();
    try {
      broken = true;
    } finally {
      lock.unlock();
    }
  }

  /** Says that writing succeeds. */
  void succeeded() {
    lock.lock();
    try {
      failure = null;
    } finally {
      lock.unlock();
    }
  }

  /** Waits until somebody wants entries to be durable, the queue is closed, or time is up. */
  void awaitUrgency(long nanos) throws InterruptedException {
    lock.lock();
    try {
      long left = nanos;
      while (!urgent && !closed && left > 0) {
        left = news.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Tells the writer to take what is left and end. */
  void close() {
    lock.lock();
    try {
      closed = true;
      news.signal();
      room.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Returns how many entries there are. */
  int size() {
    lock.lock();
    try {
      return entries.size();
    } finally {
      lock.unlock();
    }
  }

  /** Returns why writing failed the last time, if it did. */
  String reason() {
    lock.lock();
    try {
      return failure == null ? "it was not tried" : String.valueOf(failure.getMessage());
    } finally {
      lock.unlock();
    }
  }

  /** Tells whether the writer is to end. */
  boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }
}
