package dev.mlstack.core.feature;

import org.jspecify.annotations.Nullable;

/** What the numbers of a text are divided by. */
public enum Norm {
  /** By nothing. */
  NONE,
  /** By the root of the sum of their squares, so that long texts weigh as much as short ones. */
  L2;

  /**
   * Multiplies counts by weights, and divides them by the norm. Sums go from the first slot to the
   * last, of which zeros change nothing; so it is the same to look at all or at some.
   *
   * @param touched the slots that may not be 0; {@code null} to look at all
   * @param weights one for each slot; {@code null} for 1
   */
  void apply(float[] to, int at, int width, @Nullable Places touched, double @Nullable [] weights) {
    int count = touched == null ? width : touched.sort();
    double squares = 0;
    for (int i = 0; i < count; i++) {
      int place = touched == null ? i : touched.at(i);
      double value = weighted(to[at + place], place, weights);
      squares += value * value;
    }
    double norm = this == NONE || squares == 0 ? 1 : Math.sqrt(squares);
    for (int i = 0; i < count; i++) {
      int place = touched == null ? i : touched.at(i);
      to[at + place] = (float) (weighted(to[at + place], place, weights) / norm);
    }
  }

  private static double weighted(float count, int place, double @Nullable [] weights) {
    return weights == null ? count : count * weights[place];
  }
}
