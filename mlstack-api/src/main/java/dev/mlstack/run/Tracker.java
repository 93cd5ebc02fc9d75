package dev.mlstack.run;

import java.util.List;
import java.util.Optional;

/**
 * Starts runs and finds them again.
 *
 * <p>Safe for use by several threads and, where it keeps its runs outside the process, by several
 * processes. Whoever opens a tracker closes it; that flushes what was logged and ends runs that are
 * still open as {@link RunStatus#KILLED}.
 */
public interface Tracker extends AutoCloseable {

  /**
   * Starts a run, which can be found from then on. The caller closes it.
   *
   * @throws IllegalStateException if the tracker is closed; so do all other methods
   * @throws dev.mlstack.store.StoreException if writing fails; there is no run then
   */
  Run start(RunRequest request);

  /** Returns a run, or nothing if there is none. What was logged but not flushed may be missing. */
  Optional<RunInfo> find(RunId id);

  /** Returns the runs that a query asks for. */
  List<RunInfo> list(RunQuery query);

  /**
   * Returns all values of a metric of a run, by step and then in the order they were logged; empty
   * if there is none.
   */
  List<MetricPoint> history(RunId id, String metric);

  /** Ends the runs that are open and frees what the tracker owns. Closing twice does nothing. */
  @Override
  void close();
}
