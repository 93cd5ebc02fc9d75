package dev.mlstack.data.columnar;

import dev.mlstack.table.DataException;
import dev.mlstack.table.RejectedRow;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Counts the rows that are set aside and stops the reading if they are too many. */
final class RejectedLimit {

  private final OptionalLong limit;
  private @Nullable RejectedRow first;
  private long count;

  /**
   * Creates a limit.
   *
   * @param limit how many rows may be set aside; if it is not said, {@link
   *     ColumnarSource#MAX_REJECTED}, and no more than were read
   */
  RejectedLimit(OptionalLong limit) {
    this.limit = limit;
  }

  /**
   * Counts a row.
   *
   * @throws DataException if it is one too many
   */
  void add(RejectedRow row) {
    if (first == null) {
      first = row;
    }
    count++;
    long max = limit.orElse(ColumnarSource.MAX_REJECTED);
    if (count > max) {
      throw tooMany(row.source(), "more than " + max + " rows cannot be read");
    }
  }

  /**
   * Checks the proportion at the end.
   *
   * @param rows how many rows there were in all
   * @throws DataException if no limit was said and fewer rows were read than set aside
   */
  void end(String source, long rows) {
    if (2 * count > rows && limit.isEmpty()) {
      throw tooMany(source, count + " of " + rows + " rows cannot be read");
    }
  }

  private DataException tooMany(String source, String what) {
    return new DataException(
        source + ": " + what + "; the first: " + first + "; .maxRejected(n) allows more");
  }
}
