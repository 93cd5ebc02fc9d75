package dev.mlstack.data.internal;

import dev.mlstack.compute.Execution;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Works on the pieces of a stream in parallel and gives the results in order.
 *
 * <p>Pieces are read by one thread at a time and worked on by several: the one that asks for the
 * next result, and up to {@code parallelism - 1} more that the executor lends. These run ahead of
 * the results that were asked for by a few pieces, then go back; so memory is bounded, no thread of
 * the executor ever waits, and an executor that is busy makes it slower but never stuck.
 *
 * <p>For use by one thread at a time. Owns the results that nobody has asked for.
 *
 * @param <P> a piece
 * @param <R> what becomes of it
 */
public final class OrderedPipeline<P, R> implements AutoCloseable {

  /** Reads pieces, one after another. */
  @FunctionalInterface
  public interface Reader<P> {

    /** Returns the next piece; {@code null} at the end. Called by one thread at a time. */
    @Nullable P read() throws IOException;
  }

  /** Works on one piece. */
  @FunctionalInterface
  public interface Work<P, R> {

    /** Returns the result of a piece. Called by several threads at once. */
    R apply(P piece) throws IOException;
  }

  /** How many pieces more than threads may be held. */
  private static final int AHEAD = 2;

  private final Reader<P> reader;
  private final Work<P, R> work;
  private final Consumer<R> disposal;
  private final Execution execution;
  private final int capacity;

  // All below is guarded by this.
  private final Queue<Slot> slots = new ArrayDeque<>();
  private final Queue<Slot> unclaimed = new ArrayDeque<>();
  private int helpers;
  private int busy;
  private boolean reading;
  private boolean ended;
  private boolean closed;

  /** The place of one result among the others. */
  private final class Slot {
    private @Nullable P piece;
    private @Nullable R result;
    private @Nullable Throwable failure;
    private boolean done;
  }

  /**
   * Creates a pipeline that has read nothing.
   *
   * @param disposal is given each result that nobody will ask for
   */
  public OrderedPipeline(
      Reader<P> reader, Work<P, R> work, Consumer<R> disposal, Execution execution) {
    this.reader = reader;
    this.work = work;
    this.disposal = disposal;
    this.execution = execution;
    this.capacity = execution.parallelism() == 1 ? 1 : execution.parallelism() + AHEAD;
  }

  /**
   * Returns the next result; {@code null} if there is none. What reading or work threw comes here,
   * after the results of the pieces before.
   *
   * @throws IOException if a piece cannot be read
   */
  public @Nullable R next() throws IOException {
    while (true) {
      Slot claimed = null;
      synchronized (this) {
        callHelpers();
        if (!isReady()) {
          claimed = claim();
          if (claimed == null) {
            await();
            continue;
          }
        }
        if (claimed == null) {
          Slot slot = closed ? null : slots.poll();
          callHelpers();
          return slot == null ? null : take(slot);
        }
      }
      run(claimed);
    }
  }

  /** Tells whether the next result is there, or will never be. */
  private boolean isReady() {
    Slot slot = slots.peek();
    return closed || (slot == null ? ended && !reading : slot.done);
  }

  private R take(Slot slot) throws IOException {
    if (slot.failure instanceof IOException e) {
      throw e;
    } else if (slot.failure instanceof RuntimeException e) {
      throw e;
    } else if (slot.failure instanceof Error e) {
      throw e;
    }
    R result = slot.result;
    if (result == null) {
      throw new IllegalStateException("work on a piece must have a result");
    }
    return result;
  }

  /** Asks the executor for as many threads as there is work for. */
  private void callHelpers() {
    int tasks = unclaimed.size() + (canRead() ? 1 : 0);
    int missing = Math.min(execution.parallelism() - 1, tasks) - helpers;
    for (int i = 0; i < missing && !closed; i++) {
      helpers++;
      try {
        execution.executor().execute(this::help);
      } catch (RejectedExecutionException e) {
        // The executor lends nothing: the calling thread does all.
        helpers--;
        return;
      }
    }
  }

  /** Tells whether to read on before working on what was read. */
  private boolean mayRead() {
    return canRead() && unclaimed.size() < execution.parallelism();
  }

  private boolean hasWork() {
    return mayRead() || !unclaimed.isEmpty();
  }

  private boolean canRead() {
    return !reading && !ended && slots.size() < capacity;
  }

  private void help() {
    while (true) {
      Slot claimed;
      synchronized (this) {
        claimed = closed ? null : claim();
        if (claimed == null) {
          helpers--;
          return;
        }
      }
      run(claimed);
    }
  }

  /** Takes the work that is most urgent; {@code null} if there is none. */
  private @Nullable Slot claim() {
    Slot claimed = null;
    if (mayRead()) {
      claimed = new Slot();
      reading = true;
    } else if (!unclaimed.isEmpty()) {
      claimed = unclaimed.remove();
    }
    busy += claimed == null ? 0 : 1;
    return claimed;
  }

  private void run(Slot slot) {
    P piece = slot.piece;
    try {
      if (piece == null) {
        slot.piece = reader.read();
      } else {
        slot.result = work.apply(piece);
      }
    } catch (IOException | RuntimeException | Error e) {
      slot.failure = e;
    }
    finish(slot, piece == null);
  }

  private synchronized void finish(Slot slot, boolean wasRead) {
    busy--;
    if (!wasRead || slot.failure != null) {
      slot.done = true;
      slot.piece = null;
    }
    if (wasRead) {
      reading = false;
      ended = slot.done || slot.piece == null;
      if (slot.done || slot.piece != null) {
        slots.add(slot);
      }
      if (slot.piece != null) {
        unclaimed.add(slot);
      }
    }
    notifyAll();
  }

  private void await() {
    try {
      while (!isReady() && !hasWork()) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      execution.checkCancelled("reading");
    }
  }

  /** Waits for the work that has begun and disposes of its results. */
  @Override
  public void close() {
    boolean interrupted = false;
    synchronized (this) {
      closed = true;
      while (busy > 0) {
        try {
          wait();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      for (Slot slot : slots) {
        if (slot.result != null) {
          disposal.accept(slot.result);
        }
      }
      slots.clear();
      unclaimed.clear();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
