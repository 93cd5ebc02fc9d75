package dev.mlstack.data.check;

import dev.mlstack.table.Table;
import java.util.Arrays;

/** A test of which each row knows the outcome by itself. */
final class RowRule implements RuleTest, RuleTest.Part {

  private static final int BLOCK_ROWS = 1024;

  private final String problem;
  private final Marker marker;

  /**
   * Creates a test.
   *
   * @param problem what is wrong with a row that fails
   */
  RowRule(String problem, Marker marker) {
    this.problem = problem;
    this.marker = marker;
  }

  /** Says which rows of a table fail. */
  interface Marker {
    /** Returns what marks rows of a table, for one thread. */
    BlockMarker of(Table table);
  }

  /** Says which rows of a block of a table fail. */
  interface BlockMarker {
    /**
     * Marks rows that fail.
     *
     * @param fails all false; takes true for row {@code from + i} at {@code i}
     */
    void mark(int from, int count, boolean[] fails);
  }

  @Override
  public Part begin() {
    return this;
  }

  @Override
  public void test(Table table, Found found) {
    boolean[] fails = new boolean[Math.min(BLOCK_ROWS, table.rows())];
    BlockMarker block = marker.of(table);
    for (int from = 0; from < table.rows(); from += BLOCK_ROWS) {
      int count = Math.min(BLOCK_ROWS, table.rows() - from);
      Arrays.fill(fails, false);
      block.mark(from, count, fails);
      for (int i = 0; i < count; i++) {
        if (fails[i]) {
          found.add(table, from + i, problem);
        }
      }
    }
  }
}
