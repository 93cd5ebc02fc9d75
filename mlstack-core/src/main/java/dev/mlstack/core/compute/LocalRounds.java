package dev.mlstack.core.compute;

import dev.mlstack.compute.Execution;
import dev.mlstack.compute.Rounds;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Runs rounds on the threads of an {@link Execution}. */
public final class LocalRounds {

  private LocalRounds() {}

  /**
   * Runs rounds to their end.
   *
   * @param rounds what to compute
   * @param blocks how many blocks there are
   * @param block gives a block by its number; called from any thread
   * @param execution where to run; may be cancelled between blocks
   * @return the final state
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
   * @return the next state
   * @throws IllegalArgumentException if there are no blocks
   */
  public static <S, P, B> S next(
      Rounds<S, P, B> rounds,
      S state,
      int blocks,
      IntFunction<? extends B> block,
      Execution execution) {
    if (blocks < 1) {
      throw new IllegalArgumentException("there must be at least 1 block but there is none");
    }
    int workers = Math.min(execution.parallelism(), blocks);
    List<CompletableFuture<P>> parts = new ArrayList<>(workers);
    for (int worker = 0; worker < workers; worker++) {
      int from = (int) ((long) blocks * worker / workers);
      int to = (int) ((long) blocks * (worker + 1) / workers);
      parts.add(
          CompletableFuture.supplyAsync(
              () -> partial(rounds, state, from, to, block, execution), execution.executor()));
    }
    P total = null;
    for (CompletableFuture<P> part : parts) {
      P next = join(part);
      total = total == null ? next : rounds.merge(total, next);
    }
    return rounds.update(state, java.util.Objects.requireNonNull(total));
  }

  private static <S, P, B> P partial(
      Rounds<S, P, B> rounds,
      S state,
      int from,
      int to,
      IntFunction<? extends B> block,
      Execution execution) {
    @Nullable P merged = null;
    for (int i = from; i < to; i++) {
      execution.checkCancelled("a round");
      P next = rounds.partial(state, block.apply(i));
      merged = merged == null ? next : rounds.merge(merged, next);
    }
    return java.util.Objects.requireNonNull(merged);
  }

  private static <P> P join(CompletableFuture<P> part) {
    try {
      return part.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }
}
