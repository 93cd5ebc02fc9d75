package dev.mlstack.data.check;

import dev.mlstack.compute.Execution;
import dev.mlstack.table.Table;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tests the rows of data of one schema. Immutable; what is found is kept in parts. */
interface RuleTest {

  /** Begins to test rows that are given in order and from the first. */
  Part begin();

  /**
   * Begins to test some rows of many, which others test at the same time. What needs to know of the
   * rows before may put it off to {@link #join}.
   */
  default Part beginShare() {
    return begin();
  }

  /**
   * Puts together what was found in shares, in their order.
   *
   * @param parts what {@link #beginShare()} gave, at least one
   * @param found what was found in each share; may be added to
   */
  default Part join(List<Part> parts, List<Found> found, Execution execution) {
    Part all = parts.get(0);
    for (int i = 1; i < parts.size(); i++) {
      all.append(parts.get(i), found.get(i));
    }
    return all;
  }

  /** Tests rows, one table after another, and remembers what it needs. Not thread-safe. */
  interface Part {

    /** Tests the rows of a table and tells of those that fail, in order. */
    void test(Table table, Found found);

    /**
     * Takes what another has seen of the rows behind.
     *
     * @param behind of the same class
     * @param found what that has found; takes what only shows where both meet
     */
    default void append(Part behind, Found found) {}

    /** Returns what was measured over all rows; {@code null} if rows were tested one by one. */
    default @Nullable Measured measured() {
      return null;
    }

    /** Returns where rows stand that fail and could not be told of before, if any. */
    default @Nullable LateRows late() {
      return null;
    }
  }

  /**
   * What was measured over all rows.
   *
   * @param holds whether it is as it must be
   * @param text what it is, for people
   */
  record Measured(boolean holds, String text) {}

  /**
   * Rows that are known to fail only when all were read.
   *
   * @param count how many
   * @param positions where the first of them stand, counted from 0 over all rows, rising
   */
  record LateRows(long count, long[] positions) {}
}
