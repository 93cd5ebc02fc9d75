package dev.mlstack.data.arrow;

import dev.mlstack.table.TextColumn;

/** Texts that can be read as the UTF-8 bytes they are kept in, without making strings of them. */
public interface Utf8Column extends TextColumn {

  /** Returns how many bytes the text of a row has; 0 if it is missing. */
  int byteLength(int row);

  /** Copies the bytes of the text of a row into an array, the first at {@code at}. */
  void readBytes(int row, byte[] to, int at);
}
