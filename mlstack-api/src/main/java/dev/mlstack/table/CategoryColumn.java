package dev.mlstack.table;

import java.util.List;

/** Values of type category, as codes: indexes into the values of the type, -1 where missing. */
public non-sealed interface CategoryColumn extends ColumnData {

  /** Returns the code of a row, or -1. */
  int code(int row);

  /** Returns the texts that the codes stand for. */
  List<String> values();

  /** Copies the codes of {@code count} rows. */
  default void read(int from, int count, int[] to, int at) {
    for (int i = 0; i < count; i++) {
      to[at + i] = code(from + i);
    }
  }
}
