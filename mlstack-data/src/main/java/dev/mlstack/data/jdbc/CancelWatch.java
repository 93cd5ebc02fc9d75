package dev.mlstack.data.jdbc;

import dev.mlstack.compute.Execution;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Cancels a statement when its work is cancelled: a thread that waits for the database cannot ask.
 * Owns a thread, which ends when the watch is closed.
 */
final class CancelWatch implements AutoCloseable {

  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final long AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private final Statement statement;
  private final Execution execution;
  private volatile Thread worker = Thread.currentThread();
  private final Thread thread;
  private volatile boolean closed;

  /** Begins to watch for the calling thread. */
  CancelWatch(Statement statement, Execution execution) {
    this.statement = statement;
    this.execution = execution;
    this.thread = new Thread(this::watch, "mlstack-jdbc-cancel");
    thread.setDaemon(true);
    thread.start();
  }

  /** Watches for the calling thread from now on. */
  void begin() {
    worker = Thread.currentThread();
  }

  private void watch() {
    while (!closed) {
      boolean cancelled = execution.isCancelled() || worker.isInterrupted();
      if (cancelled) {
        cancel();
      }
      // A statement may not have begun when it is cancelled, so that it is done again.
      LockSupport.parkNanos(this, cancelled ? AGAIN_NANOS : LOOK_NANOS);
    }
  }

  private void cancel() {
    try {
      statement.cancel();
    } catch (SQLException e) {
      // A driver that cannot do this leaves it to whoever asks between two rows.
      closed = true;
    }
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
  }
}
