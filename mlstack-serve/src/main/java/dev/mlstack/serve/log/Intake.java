package dev.mlstack.serve.log;

import dev.mlstack.predict.LoggedPrediction;
import dev.mlstack.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Entries on their way to the one thread that makes them durable.
 *
 * <p>An entry stays here until the writer says that it is saved, so nothing is lost when writing
 * fails: the writer tries again, and those who append are told once there is no more room.
 *
 * <p>Invariants, under the lock:
 *
 * <ol>
 *   <li>{@code taken} are the entries that the writer works on or failed with, {@code fresh} those
 *       that came since; {@code bytes} is about what both take.
 *   <li>Once {@code closed}, no entry and no flush is added.
 * </ol>
 */
final class Intake {

  private static final int BLOCK_ENTRIES = 4096;
  private static final long BLOCK_BYTES = 8 << 20;
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final int mostEntries;
  private final long mostBytes;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition work = lock.newCondition();
  private final Condition room = lock.newCondition();
  private List<LoggedPrediction> taken = new ArrayList<>();
  private List<LoggedPrediction> fresh = new ArrayList<>();
  private List<CompletableFuture<Void>> flushes = new ArrayList<>();
  private long bytes;
  private long due;
  private boolean closed;
  private @Nullable RuntimeException failure;

  /**
   * Creates an intake of nothing.
   *
   * @param mostEntries how many entries may be here
   * @param mostBytes about how many bytes they may take, if there are two or more
   */
  Intake(int mostEntries, long mostBytes) {
    this.mostEntries = mostEntries;
    this.mostBytes = mostBytes;
  }

  /**
   * What the writer is to do.
   *
   * @param entries to be saved; not changed until the writer says what came of it
   * @param flushes to be told when they are
   * @param last whether nothing comes after it
   */
  record Work(
      List<LoggedPrediction> entries, List<CompletableFuture<Void>> flushes, boolean last) {}

  static int bytes(LoggedPrediction entry) {
    return ((CopiedRow) entry.input()).bytes() + entry.outputs().length * Double.BYTES;
  }

  /** Adds an entry, whose input is a {@link CopiedRow}. */
  void append(LoggedPrediction entry) {
    lock.lock();
    try {
      awaitRoom();
      fresh.add(entry);
      bytes += bytes(entry);
      if (fresh.size() == 1) {
        due = System.nanoTime() + PATIENCE_NANOS;
        work.signal();
      } else if (isBlock()) {
        work.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  private boolean isBlock() {
    return fresh.size() >= BLOCK_ENTRIES || bytes >= BLOCK_BYTES;
  }

  private boolean isFull() {
    int entries = taken.size() + fresh.size();
    return entries >= mostEntries || (entries > 0 && bytes >= mostBytes);
  }

  private void awaitRoom() {
    try {
      requireOpen();
      while (isFull()) {
        if (failure != null) {
          throw new StoreException(
              "the prediction log takes no more: "
                  + (taken.size() + fresh.size())
                  + " entries wait that cannot be written: "
                  + failure.getMessage(),
              failure);
        }
        room.await();
        requireOpen();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for the prediction log", e);
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the prediction log is closed; open another one");
    }
  }

  /** Asks for all entries added so far to be saved; the future tells when they are. */
  CompletableFuture<Void> flush() {
    CompletableFuture<Void> done = new CompletableFuture<>();
    lock.lock();
    try {
      requireOpen();
      flushes.add(done);
      work.signal();
    } finally {
      lock.unlock();
    }
    return done;
  }

  /** For the writer: waits until there is a block, or a second has passed, or somebody waits. */
  Work take() {
    lock.lock();
    try {
      awaitWork();
      taken.addAll(fresh);
      fresh = new ArrayList<>();
      Work next = new Work(taken, flushes, closed);
      flushes = new ArrayList<>();
      return next;
    } finally {
      lock.unlock();
    }
  }

  private void awaitWork() {
    while (!closed && flushes.isEmpty() && (failure != null || !isBlock())) {
      boolean waiting = failure != null || !fresh.isEmpty();
      long nanos = waiting ? due - System.nanoTime() : Long.MAX_VALUE;
      if (nanos <= 0) {
        return;
      }
      try {
        nanos = work.awaitNanos(nanos);
      } catch (InterruptedException e) {
        // Nobody has a reason to interrupt the writer: it ends when the log is closed.
        Thread.interrupted();
      }
    }
  }

  /** For the writer: what was taken is durable. */
  void saved() {
    lock.lock();
    try {
      taken.forEach(entry -> bytes -= bytes(entry));
      taken = new ArrayList<>();
      failure = null;
      room.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** For the writer: what was taken cannot be saved now. It is tried again after a while. */
  void failed(RuntimeException cause) {
    lock.lock();
    try {
      failure = cause;
      due = System.nanoTime() + PATIENCE_NANOS;
      room.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Takes nothing more. Closing twice does nothing. */
  void close() {
    lock.lock();
    try {
      closed = true;
      work.signalAll();
      room.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
