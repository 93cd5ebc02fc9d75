package dev.mlstack.data.transform;

import dev.mlstack.feature.ValueBlock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * All finite numbers of a column, of which the median or the most frequent one is sought. Both
 * zeros are the same number.
 */
final class FiniteNumbers {

  private static final int DIGIT_BITS = 16;
  private static final int DIGITS = 1 << DIGIT_BITS;

  private final List<double[]> chunks = new ArrayList<>();
  private long count;

  static FiniteNumbers of(ValueBlock.Numbers block) {
    double[] finite = new double[block.size()];
    int size = 0;
    for (int i = 0; i < block.size(); i++) {
      double value = block.values()[i];
      if (Math.abs(value) <= Double.MAX_VALUE) {
        finite[size++] = value + 0.0;
      }
    }
    FiniteNumbers numbers = new FiniteNumbers();
    if (size > 0) {
      numbers.chunks.add(size == finite.length ? finite : Arrays.copyOf(finite, size));
      numbers.count = size;
    }
    return numbers;
  }

  /** Adds other numbers and returns this. */
  FiniteNumbers merge(FiniteNumbers other) {
    chunks.addAll(other.chunks);
    count += other.count;
    return this;
  }

  /** Returns the middle number, or the mean of the two in the middle; 0 if there is none. */
  double median() {
    if (count == 0) {
      return 0;
    }
    double upper = ofRank(count / 2);
    if (count % 2 == 1) {
      return upper;
    }
    double lower = ofRank(count / 2 - 1);
    double sum = lower + upper;
    return (Double.isInfinite(sum) ? lower / 2 + upper / 2 : sum / 2) + 0.0;
  }

  /**
   * Returns the number that {@code rank} numbers stand before when all are sorted. It is found
   * digit by digit, in base 2<sup>16</sup>: counting the first digits of all numbers tells the
   * first digit of the one sought, counting the second digits of those that begin with it tells the
   * second, and so on. That takes four passes over the numbers, whatever they are.
   */
  private double ofRank(long rank) {
    long found = 0;
    long before = rank;
    for (int shift = Long.SIZE - DIGIT_BITS; shift >= 0; shift -= DIGIT_BITS) {
      long[] counts = counts(found, shift);
      int digit = 0;
      while (before >= counts[digit]) {
        before -= counts[digit++];
      }
      found |= (long) digit << shift;
    }
    return number(found);
  }

  /** Counts the digits at {@code shift} of the numbers that have the digits of found above it. */
  private long[] counts(long found, int shift) {
    long[] counts = new long[DIGITS];
    int above = shift + DIGIT_BITS;
    for (double[] chunk : chunks) {
      for (double value : chunk) {
        long key = key(value);
        if (above == Long.SIZE || (key ^ found) >>> above == 0) {
          counts[(int) (key >>> shift) & (DIGITS - 1)]++;
        }
      }
    }
    return counts;
  }

  /** Returns bits that are ordered, without a sign, as numbers are. */
  private static long key(double value) {
    long bits = Double.doubleToRawLongBits(value);
    return bits ^ (bits >> (Long.SIZE - 1) | Long.MIN_VALUE);
  }

  private static double number(long key) {
    return Double.longBitsToDouble(key < 0 ? key ^ Long.MIN_VALUE : ~key);
  }

  /** Returns the number that occurs most often, of several the smallest; 0 if there is none. */
  double mostFrequent() {
    double[] sorted = chunks.stream().flatMapToDouble(Arrays::stream).toArray();
    Arrays.sort(sorted);
    double best = 0;
    int most = 0;
    int first = 0;
    for (int i = 1; i <= sorted.length; i++) {
      if (i == sorted.length || sorted[i] != sorted[first]) {
        if (i - first > most) {
          most = i - first;
          best = sorted[first];
        }
        first = i;
      }
    }
    return best;
  }
}
