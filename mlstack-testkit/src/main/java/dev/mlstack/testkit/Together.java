package dev.mlstack.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/** Runs tasks on threads that begin at the same moment. */
final class Together {

  private Together() {}

  /**
   * Runs tasks and returns what they gave, in their order.
   *
   * @param task gives the task of each number from 0
   * @throws AssertionError if a task failed, with its failure as the cause
   */
  static <T> List<T> run(int tasks, IntFunction<Callable<T>> task) {
    ExecutorService threads = Executors.newFixedThreadPool(tasks);
    try {
      CyclicBarrier start = new CyclicBarrier(tasks);
      List<Future<T>> running = new ArrayList<>();
      for (int i = 0; i < tasks; i++) {
        Callable<T> mine = task.apply(i);
        running.add(
            threads.submit(
                () -> {
                  start.await();
                  return mine.call();
                }));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> future : running) {
        results.add(future.get());
      }
      return results;
    } catch (ExecutionException e) {
      throw new AssertionError("a task failed: " + e.getCause(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    } finally {
      threads.shutdownNow();
    }
  }
}
