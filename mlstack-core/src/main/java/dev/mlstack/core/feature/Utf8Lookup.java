package dev.mlstack.core.feature;

import org.jspecify.annotations.Nullable;

/** A look-up of a whole number by a text, which may be given as bytes. */
interface Utf8Lookup extends Lookup {

  /** Returns what belongs to a text. */
  int apply(@Nullable String value);

  /** Returns what belongs to a text given as the bytes of its UTF-8; the same as for the text. */
  int apply(byte[] utf8, int from, int length);
}
