package dev.mlstack.core.profile;

import java.util.Arrays;

/** Counts numbers as long as there are no more than {@link Bins#MAX} different ones. */
final class FewValues {

  private final double[] values = new double[Bins.MAX];
  private final long[] rows = new long[Bins.MAX];
  private int size;
  private boolean many;

  /** Counts a number, which is not NaN; -0.0 is 0.0. */
  void add(double value) {
    add(value, 1);
  }

  private void add(double value, long times) {
    if (many) {
      return;
    }
    int at = Arrays.binarySearch(values, 0, size, value);
    if (at >= 0) {
      rows[at] += times;
    } else if (size == values.length) {
      many = true;
    } else {
      insert(-at - 1, value, times);
    }
  }

  private void insert(int at, double value, long times) {
    System.arraycopy(values, at, values, at + 1, size - at);
    System.arraycopy(rows, at, rows, at + 1, size - at);
    values[at] = value;
    rows[at] = times;
    size++;
  }

  void add(FewValues other) {
    many |= other.many;
    for (int i = 0; i < other.size; i++) {
      add(other.values[i], other.rows[i]);
    }
  }

  /** Tells whether there are more values than are counted. */
  boolean isMany() {
    return many;
  }

  /** Returns the values, rising. */
  double[] values() {
    return Arrays.copyOf(values, size);
  }

  /** Returns how many numbers have each value. */
  long[] rows() {
    return Arrays.copyOf(rows, size);
  }
}
