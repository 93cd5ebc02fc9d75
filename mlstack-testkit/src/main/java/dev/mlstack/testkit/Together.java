package dev.mlstack.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/** Runs the same thing on several threads at once. */
final class Together {

  private Together() {}

  /**
   * Starts all tasks at the same moment and waits for them.
   *
   * @param threads how many there are
   * @param task gives the task of each thread by its number
   * @return what they returned, by number
   * @throws AssertionError if one of them throws
   */
  static <T> List<T> run(int threads, IntFunction<Callable<T>> task) {
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      CountDownLatch start = new CountDownLatch(1);
      List<Future<T>> futures = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        Callable<T> own = task.apply(i);
        futures.add(
            executor.submit(
                () -> {
                  start.await();
                  return own.call();
                }));
      }
      start.countDown();
      List<T> results = new ArrayList<>();
      for (Future<T> future : futures) {
        results.add(future.get());
      }
      return results;
    } catch (ExecutionException | InterruptedException e) {
      throw new AssertionError("a thread failed", e);
    } finally {
      executor.shutdownNow();
    }
  }
}
