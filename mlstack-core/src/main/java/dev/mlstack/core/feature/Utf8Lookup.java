package dev.mlstack.core.feature;

import dev.mlstack.table.Utf8Block;
import org.jspecify.annotations.Nullable;

/** A look-up of a whole number by a text, which may be given as bytes. */
interface Utf8Lookup extends Lookup {

  /** Returns what belongs to a text. */
  int apply(@Nullable String value);

  /**
   * Finds what belongs to many texts.
   *
   * @param to takes what {@link #apply(String)} returns for each of them
   */
  void apply(Utf8Block texts, int[] to);
}
