package dev.mlstack.data.transform;

import dev.mlstack.compute.Execution;
import dev.mlstack.compute.Progress;
import java.util.concurrent.TimeUnit;

/** Tells how far fitting is, at most some ten times a second. Safe for use by several threads. */
final class FitProgress {

  private static final long INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final long rows;
  private final Execution execution;
  private long pass = 1;
  private long done;
  private long last = System.nanoTime();

  FitProgress(long rows, Execution execution) {
    this.rows = rows;
    this.execution = execution;
  }

  /** Takes note of rows that have been read. */
  synchronized void read(int more) {
    done += more;
    long now = System.nanoTime();
    if (now - last >= INTERVAL_NANOS) {
      last = now;
      report();
    }
  }

  /** Takes note of the end of a pass over all rows. */
  synchronized void passed() {
    report();
    pass++;
    done = 0;
  }

  private void report() {
    execution.report(Progress.of("fit features, pass " + pass, done, rows));
  }
}
