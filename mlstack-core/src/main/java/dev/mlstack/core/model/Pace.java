package dev.mlstack.core.model;

import dev.mlstack.compute.Execution;
import dev.mlstack.compute.Progress;
import java.time.Duration;

/** Reports progress, but no more often than twenty times a second. For use by one thread. */
public final class Pace {

  private static final long INTERVAL = Duration.ofMillis(50).toNanos();

  private final Execution execution;
  private long next = System.nanoTime();

  /**
   * Creates a pace.
   *
   * @param execution hears of the progress
   */
  public Pace(Execution execution) {
    this.execution = execution;
  }

  /**
   * Reports progress if it is time again.
   *
   * @param last whether nothing will follow, so that it is reported in any case
   */
  public void report(Progress progress, boolean last) {
    long now = System.nanoTime();
    if (last || now - next >= 0) {
      next = now + INTERVAL;
      execution.report(progress);
    }
  }
}
