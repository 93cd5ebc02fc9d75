package dev.mlstack.data.columnar;

import dev.mlstack.compute.Execution;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Runs numbered tasks, some of them on other threads. The calling thread takes part, so all are
 * done even if the executor never runs any.
 */
public final class Tasks {

  private final int count;
  private final Task task;
  private final AtomicInteger next = new AtomicInteger();
  private final CountDownLatch open;
  private final AtomicReferenceArray<@Nullable Throwable> failures;

  private Tasks(int count, Task task) {
    this.count = count;
    this.task = task;
    this.open = new CountDownLatch(count);
    this.failures = new AtomicReferenceArray<>(count);
  }

  /** One of some tasks. */
  @FunctionalInterface
  public interface Task {
    /** Does what is to be done for a number from 0. */
    void run(int index) throws IOException;
  }

  /**
   * Runs tasks and waits until all are done.
   *
   * @throws IOException if a task throws it; if several fail, that of the first counts
   */
  public static void run(Execution execution, int count, Task task) throws IOException {
    if (execution.parallelism() == 1 || count < 2) {
      for (int i = 0; i < count; i++) {
        task.run(i);
      }
      return;
    }
    Tasks tasks = new Tasks(count, task);
    tasks.callHelpers(execution);
    tasks.work();
    tasks.await();
    tasks.rethrow();
  }

  private void callHelpers(Execution execution) {
    try {
      for (int i = 1; i < Math.min(execution.parallelism(), count); i++) {
        execution.executor().execute(this::work);
      }
    } catch (RejectedExecutionException e) {
      // The executor is full or shut down; the calling thread does the work.
      return;
    }
  }

  private void work() {
    for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
      try {
        task.run(i);
      } catch (IOException | RuntimeException | Error e) {
        failures.set(i, e);
      } finally {
        open.countDown();
      }
    }
  }

  /** Waits in any case: those who work must not outlive the arrays that they work on. */
  private void await() {
    boolean interrupted = false;
    while (true) {
      try {
        open.await();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void rethrow() throws IOException {
    for (int i = 0; i < count; i++) {
      Throwable failure = failures.get(i);
      if (failure instanceof IOException io) {
        throw io;
      } else if (failure instanceof RuntimeException runtime) {
        throw runtime;
      } else if (failure instanceof Error error) {
        throw error;
      }
    }
  }
}
