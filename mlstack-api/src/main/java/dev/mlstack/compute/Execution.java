package dev.mlstack.compute;

import java.util.concurrent.CancellationException;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;

/**
 * Where work runs, who hears of its progress, and who may cancel it. Never changes a result.
 *
 * <p>Immutable; the executor belongs to the caller.
 */
public final class Execution {

  private static final Execution HERE =
      new Execution(Runnable::run, 1, ProgressListener.NONE, () -> false);

  private final Executor executor;
  private final int parallelism;
  private final ProgressListener listener;
  private final BooleanSupplier cancelled;

  private Execution(
      Executor executor, int parallelism, ProgressListener listener, BooleanSupplier cancelled) {
    this.executor = executor;
    this.parallelism = parallelism;
    this.listener = listener;
    this.cancelled = cancelled;
  }

  /** Returns the execution on the calling thread, silent and never cancelled. */
  public static Execution here() {
    return HERE;
  }

  /**
   * Returns an execution on an executor.
   *
   * @param executor runs the tasks; must be able to run {@code parallelism} of them at once
   * @param parallelism how many tasks are handed over at a time, 1 or more
   */
  public static Execution on(Executor executor, int parallelism) {
    if (parallelism < 1) {
      throw new IllegalArgumentException("parallelism must be at least 1 but was " + parallelism);
    }
    return new Execution(executor, parallelism, ProgressListener.NONE, () -> false);
  }

  /** Returns this execution with another listener. */
  public Execution withListener(ProgressListener newListener) {
    return new Execution(executor, parallelism, newListener, cancelled);
  }

  /**
   * Returns this execution with another source of cancellation, such as {@code flag::get} of an
   * {@code AtomicBoolean}. It is asked often, from any thread.
   */
  public Execution withCancellation(BooleanSupplier newCancelled) {
    return new Execution(executor, parallelism, listener, newCancelled);
  }

  /** Returns what runs the tasks. */
  public Executor executor() {
    return executor;
  }

  /** Returns how many tasks may run at once. */
  public int parallelism() {
    return parallelism;
  }

  /** Tells the listener how far the work is. */
  public void report(Progress progress) {
    listener.onProgress(progress);
  }

  /** Tells whether somebody asked for the work to end. */
  public boolean isCancelled() {
    return cancelled.getAsBoolean() || Thread.currentThread().isInterrupted();
  }

  /**
   * Ends the work if somebody asked for it.
   *
   * @param task what is being done, for the message
   * @throws CancellationException if {@link #isCancelled()}
   */
  public void checkCancelled(String task) {
    if (isCancelled()) {
      throw new CancellationException(task + " was cancelled");
    }
  }
}
