package dev.mlstack.data.arrow;

import dev.mlstack.table.TextColumn;

/** Texts that can be read as the UTF-8 bytes they are kept in, without making strings of them. */
public interface Utf8Column extends TextColumn {

  /** Copies the bytes of the texts of {@code count} rows; those of a missing one are none. */
  void read(int from, int count, Utf8Block to);
}
