package dev.mlstack.core.profile;

import dev.mlstack.table.ColumnData;

/**
 * What one or more blocks of rows contribute to a round, of one column. Neither the order of rows
 * nor that of merging matters.
 */
interface Tally {

  /** Has nothing to learn. */
  Tally NOTHING =
      new Tally() {
        @Override
        public void add(ColumnData column) {}

        @Override
        public void merge(Tally other) {}
      };

  /** Adds the values of all rows of a column. */
  void add(ColumnData column);

  /** Adds what another tally, begun by the same scan, has seen. */
  void merge(Tally other);
}
