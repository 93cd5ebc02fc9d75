package dev.mlstack.core.internal;

import dev.mlstack.compute.Execution;
import dev.mlstack.compute.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;

/** Works through a list on the threads of an {@link Execution}. */
public final class Workers {

  private static final int MOST_REPORTS = 100;

  private Workers() {}

  /**
   * Applies a function to every item and returns what it gave, in the order of the items.
   *
   * @param task what is being done, for progress and cancellation
   * @throws java.util.concurrent.CancellationException if somebody cancelled the execution
   */
  public static <T, R> List<R> map(
      List<T> items, Function<? super T, ? extends R> function, Execution execution, String task) {
    AtomicReferenceArray<R> results = new AtomicReferenceArray<>(items.size());
    AtomicInteger next = new AtomicInteger();
    AtomicInteger done = new AtomicInteger();
    int step = Math.max(1, items.size() / MOST_REPORTS);
    Runnable worker =
        () -> {
          for (int i = next.getAndIncrement(); i < items.size(); i = next.getAndIncrement()) {
            execution.checkCancelled(task);
            results.set(i, function.apply(items.get(i)));
            int finished = done.incrementAndGet();
            if (finished % step == 0 || finished == items.size()) {
              execution.report(Progress.of(task, finished, items.size()));
            }
          }
        };
    List<CompletableFuture<Void>> workers = new ArrayList<>();
    for (int i = 0; i < Math.min(execution.parallelism(), items.size()); i++) {
      workers.add(CompletableFuture.runAsync(worker, execution.executor()));
    }
    workers.forEach(Workers::join);
    List<R> list = new ArrayList<>(items.size());
    for (int i = 0; i < items.size(); i++) {
      list.add(results.get(i));
    }
    return list;
  }

  private static void join(CompletableFuture<Void> worker) {
    try {
      worker.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }
}
