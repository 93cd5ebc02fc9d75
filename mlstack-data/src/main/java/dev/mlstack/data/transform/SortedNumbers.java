package dev.mlstack.data.transform;

import java.util.Arrays;
import java.util.stream.LongStream;

/**
 * The finite numbers of a column as they would be if they were sorted, of which only some are
 * known.
 *
 * @param count how many there are
 * @param ranks the ranks of those that are known, ascending; 0 is the least number
 * @param values the numbers at these ranks
 * @param missing whether a number was missing
 */
record SortedNumbers(long count, long[] ranks, double[] values, boolean missing) {

  /** Returns the number that {@code rank} numbers stand before. */
  private double at(long rank) {
    return values[Arrays.binarySearch(ranks, rank)];
  }

  /** Returns the middle number, or the mean of the two in the middle; 0 if there is none. */
  double median() {
    if (count == 0) {
      return 0;
    }
    double upper = at(count / 2);
    if (count % 2 == 1) {
      return upper;
    }
    double lower = at(count / 2 - 1);
    double sum = lower + upper;
    return (Double.isInfinite(sum) ? lower / 2 + upper / 2 : sum / 2) + 0.0;
  }

  /**
   * Returns a quantile: the number at the rank {@code fraction * (count - 1)}, or between two ranks
   * what lies between their numbers in proportion (R. Hyndman and Y. Fan, "Sample quantiles in
   * statistical packages", 1996, definition 7); 0 if there is no number.
   */
  double quantile(double fraction) {
    if (count == 0) {
      return 0;
    }
    double place = fraction * (count - 1);
    long below = (long) place;
    double lower = at(below);
    double part = place - below;
    if (part == 0) {
      return lower + 0.0;
    }
    double upper = at(below + 1);
    return lower * (1 - part) + upper * part + 0.0;
  }

  /**
   * Returns the ranks that {@link #median} and some {@link #quantile quantiles} need, ascending.
   *
   * @param count how many numbers there are, 1 or more
   */
  static long[] ranks(long count, double... fractions) {
    LongStream middle = LongStream.of(Math.max(0, count / 2 - 1), count / 2);
    LongStream others =
        Arrays.stream(fractions)
            .mapToLong(fraction -> (long) (fraction * (count - 1)))
            .flatMap(below -> LongStream.of(below, Math.min(below + 1, count - 1)));
    return LongStream.concat(middle, others).sorted().distinct().toArray();
  }
}
