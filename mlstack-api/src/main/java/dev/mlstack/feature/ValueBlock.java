package dev.mlstack.feature;

import org.jspecify.annotations.Nullable;

/**
 * Some values of one column, on which a transform is fitted. Borrowed for the duration of a call.
 */
public sealed interface ValueBlock {

  /** Returns how many values there are. */
  int size();

  /**
   * Numbers.
   *
   * @param values the numbers, NaN where missing; there may be more room than values
   * @param size how many values there are
   */
  record Numbers(double[] values, int size) implements ValueBlock {}

  /**
   * Texts.
   *
   * @param values the texts, {@code null} where missing; there may be more room than values
   * @param size how many values there are
   */
  record Texts(@Nullable String[] values, int size) implements ValueBlock {}
}
