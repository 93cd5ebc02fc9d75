package dev.mlstack.data.transform;

import dev.mlstack.feature.ValueBlock;
import java.util.Arrays;
import java.util.List;

/**
 * What a round finds about the parts of the ranges in which numbers are sought: how many numbers
 * each part has, and the least and the greatest of them; or the numbers themselves.
 */
final class RankCounts {

  private final int bits;
  private final long[] lows;
  private final long[] highs;
  private final int[] shifts;
  private final boolean collects;

  // If numbers are counted.
  private final long[] counts;
  private final long[] mins;
  private final long[] maxs;

  // If they are collected.
  private double[] numbers = {};
  private int collected;

  RankCounts(RankRanges ranges) {
    List<RankRanges.Range> open = ranges.open();
    this.bits = ranges.partBits();
    this.collects = ranges.collects();
    this.lows = open.stream().mapToLong(RankRanges.Range::low).toArray();
    this.highs = open.stream().mapToLong(RankRanges.Range::high).toArray();
    this.shifts = open.stream().mapToInt(range -> range.shift(bits)).toArray();
    this.counts = new long[collects ? 0 : open.size() << bits];
    this.mins = new long[counts.length];
    this.maxs = new long[counts.length];
    Arrays.fill(mins, Long.MAX_VALUE);
    Arrays.fill(maxs, Long.MIN_VALUE);
  }

  /** Adds the finite numbers of a block. */
  void add(ValueBlock.Numbers block) {
    double[] values = block.values();
    for (int i = 0; i < block.size(); i++) {
      if (Math.abs(values[i]) <= Double.MAX_VALUE) {
        add(values[i]);
      }
    }
  }

  private void add(double value) {
    long key = RankRanges.key(value);
    int range = lows.length == 1 ? (key < lows[0] ? -1 : 0) : range(key);
    if (range < 0 || key > highs[range]) {
      return;
    }
    if (collects) {
      if (collected == numbers.length) {
        numbers = Arrays.copyOf(numbers, Math.max(64, 2 * collected));
      }
      numbers[collected++] = value + 0.0;
    } else {
      int part = (range << bits) + (int) ((key - lows[range]) >>> shifts[range]);
      counts[part]++;
      if (key < mins[part]) {
        mins[part] = key;
      }
      if (key > maxs[part]) {
        maxs[part] = key;
      }
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

  /** Adds what others have found. */
  void add(RankCounts other) {
    for (int i = 0; i < counts.length; i++) {
      counts[i] += other.counts[i];
      mins[i] = Math.min(mins[i], other.mins[i]);
      maxs[i] = Math.max(maxs[i], other.maxs[i]);
    }
    if (collects) {
      numbers = Arrays.copyOf(numbers, collected + other.collected);
      System.arraycopy(other.numbers, 0, numbers, collected, other.collected);
      collected += other.collected;
    }
  }

  /** Returns the numbers that were collected, in any order. */
  double[] collected() {
    return Arrays.copyOf(numbers, collected);
  }

  /** Adds the parts of a range that have any of its ranks. */
  void divide(int index, RankRanges.Range whole, List<RankRanges.Range> smaller) {
    List<Long> ranks = whole.ranks();
    long below = whole.below();
    int done = 0;
    for (int part = index << bits; part < (index + 1) << bits && done < ranks.size(); part++) {
      int next = done;
      while (next < ranks.size() && ranks.get(next) < below + counts[part]) {
        next++;
      }
      if (next > done) {
        List<Long> here = ranks.subList(done, next);
        smaller.add(new RankRanges.Range(mins[part], maxs[part], below, counts[part], here));
      }
      done = next;
      below += counts[part];
    }
  }
}
