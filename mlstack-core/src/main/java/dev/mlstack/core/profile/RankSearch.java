package dev.mlstack.core.profile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds the numbers at given ranks among any number of them, exactly and in little memory, by
 * reading them several times.
 *
 * <p>Doubles are mapped to whole numbers in the same order, their keys. Each unknown number is
 * known to lie in a range of keys. A round divides every such range into {@code 2^bits} parts, and
 * finds for each part how many numbers it has, and the least and the greatest of them: then the
 * ranges around all ranks are smaller by that factor, or down to a single number.
 *
 * <p>Immutable.
 */
final class RankSearch {

  /**
   * A range of keys that has the numbers of some ranks.
   *
   * @param low the least key
   * @param high the greatest key
   * @param below how many numbers lie below the range
   * @param inside how many numbers lie in the range
   * @param ranks the ranks that are sought in it, rising, from 1
   */
  record Range(long low, long high, long below, long inside, List<Long> ranks) {
    boolean isFound() {
      return low == high;
    }

    /** Returns by how much the distance from the least key is shifted for the index of a part. */
    int shift(int bits) {
      return Math.max(0, Long.SIZE - Long.numberOfLeadingZeros(high - low) - bits);
    }
  }

  /**
   * A number that was sought.
   *
   * @param value the number
   * @param below how many numbers are below it
   * @param equal how many numbers are equal to it
   */
  record Found(double value, long below, long equal) {}

  private final int bits;
  private final List<Range> ranges;

  private RankSearch(int bits, List<Range> ranges) {
    this.bits = bits;
    this.ranges = ranges;
  }

  /**
   * Starts a search.
   *
   * @param min the least of all numbers
   * @param max the greatest of all numbers
   * @param count how many numbers there are, 1 or more
   * @param ranks what is sought: 1 is the least number, {@code count} the greatest; rising
   * @param bits the logarithm of the number of parts, 1 to 16
   */
  static RankSearch start(double min, double max, long count, List<Long> ranks, int bits) {
    return new RankSearch(bits, List.of(new Range(key(min), key(max), 0, count, ranks)));
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

  /** Tells whether all numbers are found. */
  boolean done() {
    return ranges.stream().allMatch(Range::isFound);
  }

  /** Returns the number at a rank, once all are found. */
  Found at(long rank) {
    Range range = ranges.stream().filter(r -> r.ranks().contains(rank)).findFirst().orElseThrow();
    return new Found(number(range.low()), range.below(), range.inside());
  }

  Parts parts() {
    return new Parts(bits, ranges.stream().filter(range -> !range.isFound()).toList());
  }

  /** Returns the search after a round. */
  RankSearch next(Parts total) {
    List<Range> smaller = new ArrayList<>(ranges.stream().filter(Range::isFound).toList());
    for (int i = 0; i < total.ranges.size(); i++) {
      total.divide(i, smaller);
    }
    return new RankSearch(bits, smaller);
  }

  /** What a round finds about the parts of all ranges. */
  static final class Parts {
    private final List<Range> ranges;
    private final int bits;
    private final long[] lows;
    private final long[] highs;
    private final int[] shifts;
    private final long[] counts;
    private final long[] mins;
    private final long[] maxs;

    private Parts(int bits, List<Range> ranges) {
      this.bits = bits;
      this.ranges = ranges;
      this.lows = ranges.stream().mapToLong(Range::low).toArray();
      this.highs = ranges.stream().mapToLong(Range::high).toArray();
      this.shifts = ranges.stream().mapToInt(range -> range.shift(bits)).toArray();
      this.counts = new long[ranges.size() << bits];
      this.mins = new long[counts.length];
      this.maxs = new long[counts.length];
      Arrays.fill(mins, Long.MAX_VALUE);
      Arrays.fill(maxs, Long.MIN_VALUE);
    }

    /** Adds a number, which is not NaN. */
    void add(double number) {
      long key = key(number);
      int range = range(key);
      if (range >= 0 && key <= highs[range]) {
        int part = (range << bits) + (int) ((key - lows[range]) >>> shifts[range]);
        counts[part]++;
        mins[part] = Math.min(mins[part], key);
        maxs[part] = Math.max(maxs[part], key);
      }
    }

    /** Returns the last range that does not begin above a key, or -1. */
    private int range(long key) {
      int from = 0;
      int to = lows.length;
      while (from < to) {
        int middle = (from + to) >>> 1;
        if (lows[middle] <= key) {
          from = middle + 1;
        } else {
          to = middle;
        }
      }
      return from - 1;
    }

    void add(Parts other) {
      for (int i = 0; i < counts.length; i++) {
        counts[i] += other.counts[i];
        mins[i] = Math.min(mins[i], other.mins[i]);
        maxs[i] = Math.max(maxs[i], other.maxs[i]);
      }
    }

    /** Adds the parts of a range that have any of its ranks. */
    private void divide(int range, List<Range> smaller) {
      Range whole = ranges.get(range);
      List<Long> ranks = whole.ranks();
      long below = whole.below();
      int done = 0;
      for (int part = range << bits; part < (range + 1) << bits; part++) {
        int next = done;
        while (next < ranks.size() && ranks.get(next) <= below + counts[part]) {
          next++;
        }
        if (next > done) {
          List<Long> here = ranks.subList(done, next);
          smaller.add(new Range(mins[part], maxs[part], below, counts[part], here));
        }
        done = next;
        below += counts[part];
      }
    }
  }
}
