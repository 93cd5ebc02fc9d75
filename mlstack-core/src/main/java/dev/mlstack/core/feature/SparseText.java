package dev.mlstack.core.feature;

import dev.mlstack.feature.FittedTransform;
import org.jspecify.annotations.Nullable;

/** A step that makes many numbers of a text, of which most are 0. */
interface SparseText extends FittedTransform.TextToVector {

  /**
   * Writes the numbers of the slots and says which it has touched.
   *
   * @param to where to write to; 0 in all places of the slots
   * @param at the index in {@code to} of the first slot
   * @param touched takes the offset of each slot that may not be 0, some of them more than once
   */
  void apply(@Nullable String value, float[] to, int at, @Nullable Places touched);

  @Override
  default void apply(@Nullable String value, float[] to, int at) {
    apply(value, to, at, null);
  }
}
