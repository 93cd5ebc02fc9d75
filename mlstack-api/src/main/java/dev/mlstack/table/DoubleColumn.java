package dev.mlstack.table;

/** Values of type real, of either width. A missing value reads as NaN. */
public non-sealed interface DoubleColumn extends ColumnData {

  /** Returns the value of a row. */
  double get(int row);

  /** Copies the values of {@code count} rows. */
  default void read(int from, int count, double[] to, int at) {
    for (int i = 0; i < count; i++) {
      to[at + i] = get(from + i);
    }
  }
}
