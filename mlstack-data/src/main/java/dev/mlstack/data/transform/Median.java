package dev.mlstack.data.transform;

import dev.mlstack.feature.ValueBlock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The finite numbers of a column, of which the median is sought.
 *
 * <p>A number of given rank is found digit by digit, in base 2<sup>16</sup>: counting the first
 * digits of all numbers tells the first digit of the one sought, counting the second digits of
 * those that begin with it tells the second, and so on. That takes four passes over the numbers,
 * whatever they are.
 */
final class Median {

  private static final int DIGIT_BITS = 16;
  private static final int DIGITS = 1 << DIGIT_BITS;

  private final List<double[]> chunks = new ArrayList<>();
  private long count;

  static Median of(ValueBlock.Numbers block) {
    double[] finite = new double[block.size()];
    int size = 0;
    for (int i = 0; i < block.size(); i++) {
      double value = block.values()[i];
      if (Math.abs(value) <= Double.MAX_VALUE) {
        finite[size++] = value;
      }
    }
    Median median = new Median();
    if (size > 0) {
      median.chunks.add(size == finite.length ? finite : Arrays.copyOf(finite, size));
      median.count = size;
    }
    return median;
  }

  /** Adds the numbers of another median and returns this one. */
  Median merge(Median other) {
    chunks.addAll(other.chunks);
    count += other.count;
    return this;
  }

  /** Returns the middle number, or the mean of the two in the middle; 0 if there is none. */
  double value() {
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

  /** Returns the number that {@code rank} numbers stand before when all are sorted. */
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

  /** Returns bits that are ordered, without a sign, as numbers are; the same for both zeros. */
  private static long key(double value) {
    long bits = Double.doubleToRawLongBits(value + 0.0);
    return bits ^ (bits >> (Long.SIZE - 1) | Long.MIN_VALUE);
  }

  private static double number(long key) {
    return Double.longBitsToDouble(key < 0 ? key ^ Long.MIN_VALUE : ~key);
  }
}
