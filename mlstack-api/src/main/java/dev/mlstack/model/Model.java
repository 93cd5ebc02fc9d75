package dev.mlstack.model;

import dev.mlstack.store.Content;

/**
 * What a training has learned: numbers in, numbers out.
 *
 * <p>Safe for use by several threads. Models backed by native memory own it: whoever made or loaded
 * one closes it, when no call is under way. A closed model answers with {@code
 * IllegalStateException}.
 */
public interface Model extends Content, AutoCloseable {

  /** Returns what goes in and what comes out. */
  Signature signature();

  /**
   * Scores rows.
   *
   * @param features the encoded rows, one after another: {@code rows} times {@link
   *     Signature#width()} numbers from index 0
   * @param rows how many rows, 0 or more
   * @param outputs takes {@code rows} times {@link Signature#outputWidth()} numbers from index 0:
   *     for each output a quantity, the probability of each class, or the numbers of an array
   * @throws IllegalArgumentException if an array is too short
   * @throws IllegalStateException if the model is closed
   */
  void score(float[] features, int rows, double[] outputs);

  /** Frees native memory, if there is any. Closing twice does nothing. */
  @Override
  void close();
}
