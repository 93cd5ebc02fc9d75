package dev.mlstack.core.compute;

import dev.mlstack.compute.Execution;
import dev.mlstack.compute.Rounds;
import java.util.Objects;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Runs rounds on the threads of an {@link Execution}.
 *
 * <p>The calling thread works too, and the executor lends it up to {@code parallelism - 1} more.
 * Each takes the next block when it is free. As partial results merge exactly, it does not matter
 * who took which; as the caller can finish alone, an executor that is busy, even with the caller
 * itself, makes a round slower but never stuck.
 *
 * <p>When a round ends, also by an exception, no thread is still at work on it.
 */
public final class LocalRounds {

  private LocalRounds() {}

  /**
   * Runs rounds to their end.
   *
   * @param rounds what to compute
   * @param blocks how many blocks there are, 1 or more
   * @param block gives a block by its number; called from any thread
   * @param execution where to run; may be cancelled between blocks
   * @return the final state
   * @throws java.util.concurrent.CancellationException if the execution was cancelled
   */
  public static <S, P, B> S run(
      Rounds<S, P, B> rounds, int blocks, IntFunction<? extends B> block, Execution execution) {
    S state = rounds.start();
    while (!rounds.done(state)) {
      state = next(rounds, state, blocks, block, execution);
    }
    return state;
  }

  /**
   * Runs one round.
   *
   * @param rounds what to compute
   * @param state the state before the round
   * @param blocks how many blocks there are, 1 or more
   * @param block gives a block by its number; called from any thread
   * @param execution where to run; may be cancelled between blocks
   * @return the next state
   * @throws java.util.concurrent.CancellationException if the execution was cancelled
   */
  public static <S, P, B> S next(
      Rounds<S, P, B> rounds,
      S state,
      int blocks,
      IntFunction<? extends B> block,
      Execution execution) {
    if (blocks < 1) {
      throw new IllegalArgumentException("blocks must be at least 1 but was " + blocks);
    }
    return rounds.update(state, new Round<>(rounds, state, blocks, block, execution).run());
  }

  /** One round, whose blocks are handed out one by one. */
  private static final class Round<S, P, B> {
    private final Rounds<S, P, B> rounds;
    private final S state;
    private final int blocks;
    private final IntFunction<? extends B> block;
    private final Execution execution;

    // All below is guarded by this.
    private int next;
    private int helpersAtWork;
    private boolean closed;
    private @Nullable P total;
    private @Nullable Throwable failure;

    Round(
        Rounds<S, P, B> rounds,
        S state,
        int blocks,
        IntFunction<? extends B> block,
        Execution execution) {
      this.rounds = rounds;
      this.state = state;
      this.blocks = blocks;
      this.block = block;
      this.execution = execution;
    }

    P run() {
      try {
        int helpers = Math.min(execution.parallelism(), blocks) - 1;
        for (int i = 0; i < helpers; i++) {
          execution.executor().execute(this::help);
        }
        work();
      } catch (RuntimeException | Error e) {
        fail(e);
      }
      return close();
    }

    private void help() {
      synchronized (this) {
        if (closed) {
          return;
        }
        helpersAtWork++;
      }
      try {
        work();
      } catch (RuntimeException | Error e) {
        fail(e);
      } finally {
        leave();
      }
    }

    private void work() {
      P merged = null;
      for (int i = claim(); i >= 0; i = claim()) {
        execution.checkCancelled("a round");
        P part = rounds.partial(state, block.apply(i));
        merged = merged == null ? part : rounds.merge(merged, part);
      }
      if (merged != null) {
        add(merged);
      }
    }

    /** Returns the number of a block that nobody has taken, or -1 if nothing is left to do. */
    private synchronized int claim() {
      return failure == null && next < blocks ? next++ : -1;
    }

    private synchronized void add(P part) {
      total = total == null ? part : rounds.merge(total, part);
    }

    private synchronized void fail(Throwable e) {
      if (failure == null) {
        failure = e;
      } else if (failure != e) {
        failure.addSuppressed(e);
      }
    }

    private synchronized void leave() {
      helpersAtWork--;
      notifyAll();
    }

    /** Waits for the helpers that have begun, turns away those that have not, gives the total. */
    private synchronized P close() {
      closed = true;
      boolean interrupted = false;
      while (helpersAtWork > 0) {
        try {
          wait();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
      if (failure instanceof RuntimeException exception) {
        throw exception;
      } else if (failure instanceof Error error) {
        throw error;
      }
      return Objects.requireNonNull(total);
    }
  }
}
