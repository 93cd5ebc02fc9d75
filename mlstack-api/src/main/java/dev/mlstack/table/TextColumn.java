package dev.mlstack.table;

import org.jspecify.annotations.Nullable;

/** Values of type text. A missing value reads as {@code null}. */
public non-sealed interface TextColumn extends ColumnData {

  /** Returns the value of a row. */
  @Nullable String get(int row);

  /** Copies the values of {@code count} rows. */
  default void read(int from, int count, @Nullable String[] to, int at) {
    for (int i = 0; i < count; i++) {
      to[at + i] = get(from + i);
    }
  }

  /**
   * Copies the UTF-8 bytes of the texts of {@code count} rows; those of a missing one are none.
   * Columns that are kept as bytes make no strings for it.
   */
  default void read(int from, int count, Utf8Block to) {
    to.clear();
    for (int i = 0; i < count; i++) {
      String text = get(from + i);
      to.append(text == null ? "" : text);
    }
  }
}
