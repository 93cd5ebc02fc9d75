package dev.mlstack.feature;

import dev.mlstack.compute.Rounds;
import dev.mlstack.store.Value;
import dev.mlstack.store.VersionedName;
import java.util.Optional;

/**
 * One step of a feature pipeline before it has seen data. Immutable.
 *
 * <p>A step takes the values of one column and is fitted on those that reach it, after the steps
 * before it.
 */
public interface Transform {

  /** Returns the name of this step and the version of its arithmetic, such as standardize/1. */
  VersionedName operation();

  /** Returns everything this step was told. */
  Value.Doc parameters();

  /**
   * Returns how this step is fitted to values of a kind.
   *
   * @throws IllegalArgumentException if it cannot take values of this kind
   */
  Fit<?, ?> fit(ValueKind kind);

  /**
   * Returns how this step is fitted to values of a kind, if it draws at random.
   *
   * @param seed the seed of the draws
   * @throws IllegalArgumentException if it cannot take values of this kind
   */
  default Fit<?, ?> fit(ValueKind kind, long seed) {
    return fit(kind);
  }

  /**
   * Returns what this step asks to see beside each value. If there is something, it is fitted on
   * blocks that are {@link ValueBlock.Labelled}.
   */
  default Optional<Target> target() {
    return Optional.empty();
  }

  /**
   * What is to be predicted, as a number.
   *
   * @param column the name of the column
   * @param positive the text that counts as 1, all others as 0; nothing if the column is of numbers
   */
  record Target(String column, Optional<String> positive) {}

  /**
   * How a step is fitted: rounds over blocks of values. Blocks are cut anywhere, so partial results
   * must not depend on the cut; there is at least one block in each round, which may be empty.
   *
   * @param <S> what is known after each round
   * @param <P> what blocks contribute to a round
   */
  interface Fit<S, P> extends Rounds<S, P, ValueBlock> {

    /** Returns the fitted step. */
    FittedTransform result(S state);

    /**
     * Returns what {@code sum} and a block contribute together. May reuse {@code sum}, which saves
     * making a small contribution of each block.
     */
    default P add(S state, P sum, ValueBlock block) {
      return merge(sum, partial(state, block));
    }

    /**
     * Tells whether texts may come as the column keeps them, as {@link ValueBlock.Utf8} or {@link
     * ValueBlock.Codes}, which is faster than making strings of them. Blocks of {@link
     * ValueBlock.Texts} come all the same: of columns that keep whole numbers, for instance.
     */
    default boolean takesEncodedTexts() {
      return false;
    }
  }
}
