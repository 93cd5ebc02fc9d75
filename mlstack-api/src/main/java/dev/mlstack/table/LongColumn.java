package dev.mlstack.table;

/**
 * Values of type bool (0 or 1), int, date (days since 1970-01-01) or timestamp (microseconds since
 * 1970-01-01T00:00). A missing value reads as 0.
 */
public non-sealed interface LongColumn extends ColumnData {

  /** Returns the value of a row. */
  long get(int row);

  /** Copies the values of {@code count} rows. */
  default void read(int from, int count, long[] to, int at) {
    for (int i = 0; i < count; i++) {
      to[at + i] = get(from + i);
    }
  }
}
