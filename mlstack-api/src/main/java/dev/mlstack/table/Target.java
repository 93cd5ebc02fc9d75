package dev.mlstack.table;

import dev.mlstack.compute.Execution;
import java.io.IOException;

/**
 * Where rows go: a file, a table of a database. The counterpart of a {@link Source}.
 *
 * <p>A target is a description; it opens nothing until it is asked to write, and can be written to
 * again, which replaces what was there.
 *
 * <pre>{@code
 * long rows = target.write(snapshot, Execution.here());
 * }</pre>
 */
public interface Target {

  /**
   * Writes all rows, in order. What was there before is replaced as a whole: if writing fails or is
   * cancelled, it stays as it was, wherever the target can promise that.
   *
   * @param rows read once or more often, one table at a time
   * @param execution receives progress and may be cancelled
   * @return how many rows were written
   * @throws IOException if the target cannot be written
   * @throws DataException if it cannot hold a type or a value of the data
   */
  long write(Dataset rows, Execution execution) throws IOException;
}
