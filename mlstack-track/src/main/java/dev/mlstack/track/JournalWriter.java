package dev.mlstack.track;

import dev.mlstack.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * The thread that moves entries from the queue to the journal, as many as there are in one
 * transaction.
 *
 * <p>Nothing is lost when writing fails: the entries stay with the writer, which tries again each
 * second and whenever somebody asks for a flush. Only what is still unwritten when the tracker is
 * closed is lost, and closing says so.
 *
 * <p>A daemon thread: a program that ends without closing its tracker is not kept alive.
 */
final class JournalWriter {

  /** How often a process that has open runs says that it is alive: every 5 seconds. */
  static final long BEAT_SECONDS = 5;

  private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final EntryQueue queue;
  private final Journal journal;
  private final BooleanSupplier hasRuns;
  private final Thread thread;
  private List<Entry> unwritten = new ArrayList<>(EntryQueue.CAPACITY);

  JournalWriter(String name, EntryQueue queue, Journal journal, BooleanSupplier hasRuns) {
    this.queue = queue;
    this.journal = journal;
    this.hasRuns = hasRuns;
    this.thread = new Thread(this::run, "mlstack tracker " + name);
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  /**
   * Writes what is left and ends the thread.
   *
   * @throws StoreException if something could not be written, which is lost now
   */
  void close() {
    queue.close();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    int lost = unwritten.size() + queue.size();
    if (lost > 0) {
      throw new StoreException(
          lost + " entries could not be written and are lost: " + queue.reason());
    }
  }

  private void run() {
    try {
      while (next()) {
        if (!write()) {
          queue.awaitUrgency(RETRY_NANOS);
        }
      }
    } catch (RunsTakenException e) {
      giveUp(e);
    } catch (InterruptedException | RuntimeException | Error e) {
      giveUp(new StoreException("the writer of the tracker has ended: " + e, e));
    }
  }

  /** Takes the next entries, unless there are some left. Returns false if this is the end. */
  private boolean next() throws InterruptedException {
    if (!unwritten.isEmpty()) {
      return !queue.isClosed();
    }
    List<Entry> empty = unwritten;
    unwritten = queue.take(empty, TimeUnit.SECONDS.toNanos(BEAT_SECONDS));
    return !unwritten.isEmpty() || !queue.isClosed();
  }

  /** Writes what was taken, and tells whether that succeeded. */
  private boolean write() {
    try {
      if (!unwritten.isEmpty()) {
        journal.append(unwritten, unwritten.stream().anyMatch(Entry.Flush.class::isInstance));
        unwritten.forEach(JournalWriter::complete);
        unwritten.clear();
      } else if (hasRuns.getAsBoolean()) {
        journal.beat();
      }
      queue.succeeded();
      return true;
    } catch (RunsTakenException e) {
      throw e;
    } catch (StoreException e) {
      fail(e);
      return false;
    }
  }

  private static void complete(Entry entry) {
    if (entry instanceof Entry.Flush flush) {
      // On another thread: what the application does then must not hold up the writer.
      flush.done().completeAsync(() -> null);
    }
  }

  private void giveUp(StoreException e) {
    queue.broken();
    fail(e);
  }

  private void fail(StoreException e) {
    List<Entry> flushes = queue.failed(e);
    unwritten.stream().filter(Entry.Flush.class::isInstance).forEach(flushes::add);
    unwritten.removeIf(Entry.Flush.class::isInstance);
    for (Entry entry : flushes) {
      ((Entry.Flush) entry).done().completeAsync(() -> rethrow(e));
    }
  }

  private static Void rethrow(StoreException e) {
    throw e;
  }
}
