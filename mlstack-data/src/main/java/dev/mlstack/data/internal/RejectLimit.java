package dev.mlstack.data.internal;

import dev.mlstack.table.DataException;
import dev.mlstack.table.RejectedRow;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Counts the rows that are set aside and stops the reading if they are too many. */
public final class RejectLimit {

  /** How many rows may be set aside if nobody says it and more are read: 1,000. */
  public static final long MAX_REJECTED = 1000;

  private static final int MAX_REASONS = 1000;

  private final String source;
  private final OptionalLong limit;
  private final Map<String, Long> reasons = new LinkedHashMap<>();
  private @Nullable RejectedRow first;
  private long count;

  /**
   * Creates a limit.
   *
   * @param limit how many rows may be set aside; if it is not said, {@link #MAX_REJECTED}, and no
   *     more than were read
   */
  public RejectLimit(String source, OptionalLong limit) {
    this.source = source;
    this.limit = limit;
  }

  /**
   * Counts a row.
   *
   * @throws DataException if it is one too many
   */
  public void add(RejectedRow row) {
    if (first == null) {
      first = row;
    }
    count++;
    String reason =
        row.column().isEmpty() ? row.reason() : "column " + row.column() + ": " + row.reason();
    if (reasons.size() < MAX_REASONS || reasons.containsKey(reason)) {
      reasons.merge(reason, 1L, Long::sum);
    }
    long max = limit.orElse(MAX_REJECTED);
    if (count > max) {
      throw tooMany("more than " + max + " rows cannot be read");
    }
  }

  /**
   * Checks the proportion at the end.
   *
   * @throws DataException if no limit was said and fewer rows were read than set aside
   */
  public void end(long rowsRead) {
    if (count > rowsRead && limit.isEmpty()) {
      throw tooMany(count + " of " + (count + rowsRead) + " rows cannot be read");
    }
  }

  /** Returns how many rows were set aside. */
  public long count() {
    return count;
  }

  private DataException tooMany(String what) {
    Map.Entry<String, Long> most =
        reasons.entrySet().stream()
            .max(Comparator.comparingLong(Map.Entry::getValue))
            .orElseThrow();
    return new DataException(
        String.format(
            "%s: %s; most often (%d rows): %s; the first: %s; maxRejected(n) allows more",
            source, what, most.getValue(), most.getKey(), first));
  }
}
