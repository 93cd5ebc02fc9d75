package dev.mlstack.data.transform;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Where the numbers at some ranks lie, by what is known so far. Doubles are mapped to whole numbers
 * in the same order, their keys. Each number that is sought lies in a range of keys; a round
 * divides the ranges into parts and counts what each part has, so that the ranges become smaller,
 * until each has one number or all of them together so few numbers that these are collected.
 * Immutable.
 *
 * @param found the ranges that have one number each
 * @param open the ranges that have several, by ascending keys
 */
record RankRanges(List<Range> found, List<Range> open) {

  /** So many numbers, 1 MiB of them, are collected and sorted rather than counted again. */
  static final long MOST_COLLECTED = 1 << 17;

  /** The logarithm of the number of parts of all ranges together. */
  private static final int PART_BITS = 15;

  /**
   * A range of keys.
   *
   * @param low the least key
   * @param high the greatest key
   * @param below how many numbers lie below the range
   * @param inside how many numbers lie in the range
   * @param ranks the ranks that are sought in it, ascending, from 0
   */
  record Range(long low, long high, long below, long inside, List<Long> ranks) {

    /** Returns by how much the distance from the least key is shifted for the index of a part. */
    int shift(int bits) {
      return Math.max(0, Long.SIZE - Long.numberOfLeadingZeros(high - low) - bits);
    }
  }

  /** Returns what is known before the first round. */
  static RankRanges start(double min, double max, long count, List<Long> ranks) {
    return of(List.of(), List.of(new Range(key(min), key(max), 0, count, ranks)));
  }

  private static RankRanges of(List<Range> found, List<Range> ranges) {
    List<Range> all = new ArrayList<>(found);
    List<Range> open = new ArrayList<>();
    ranges.forEach(range -> (range.low == range.high ? all : open).add(range));
    return new RankRanges(all, open);
  }

  boolean done() {
    return open.isEmpty();
  }

  /** Tells whether the next round collects the numbers rather than counts them. */
  boolean collects() {
    return open.stream().mapToLong(Range::inside).sum() <= MOST_COLLECTED;
  }

  /** Returns the logarithm of the number of parts that each range is divided into. */
  int partBits() {
    int ranges = Integer.SIZE - Integer.numberOfLeadingZeros(open.size());
    return Math.max(4, PART_BITS - ranges);
  }

  /** Returns a whole number that is in the same order as the double; -0.0 is 0.0. */
  static long key(double x) {
    long bits = Double.doubleToRawLongBits(x + 0.0);
    return bits ^ ((bits >> (Long.SIZE - 1)) & Long.MAX_VALUE);
  }

  /** Returns the double that has a key. */
  static double number(long key) {
    return Double.longBitsToDouble(key ^ ((key >> (Long.SIZE - 1)) & Long.MAX_VALUE));
  }

  /** Returns what is known after a round. */
  RankRanges next(RankCounts total) {
    List<Range> smaller = new ArrayList<>();
    for (int i = 0; i < open.size(); i++) {
      total.divide(i, open.get(i), smaller);
    }
    return of(found, smaller);
  }

  /** Returns what is known once the numbers of all open ranges have been collected. */
  RankRanges next(double[] collected) {
    double[] sorted = collected.clone();
    Arrays.sort(sorted);
    List<Range> all = new ArrayList<>(found);
    int before = 0;
    for (Range range : open) {
      for (long rank : range.ranks) {
        long key = key(sorted[before + (int) (rank - range.below)]);
        all.add(new Range(key, key, rank, 1, List.of(rank)));
      }
      before += (int) range.inside;
    }
    return new RankRanges(all, List.of());
  }

  /** Returns the numbers at the ranks, once all are found. */
  SortedNumbers numbers(long count, boolean missing) {
    long[] ranks =
        found.stream().flatMap(range -> range.ranks.stream()).mapToLong(r -> r).sorted().toArray();
    double[] values = new double[ranks.length];
    for (Range range : found) {
      for (long rank : range.ranks) {
        values[Arrays.binarySearch(ranks, rank)] = number(range.low);
      }
    }
    return new SortedNumbers(count, ranks, values, missing);
  }
}
