package dev.mlstack.core.math;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Sums of doubles, many side by side, each without any rounding until it is read: an {@link
 * ExactSum} for every index of an array, in a tenth of its memory.
 *
 * <p>The order of additions does not matter, and sums of parts merge to the sums of the whole, so
 * that the sums over blocks of rows do not depend on who computed which block.
 *
 * <p>Invariants:
 *
 * <ol>
 *   <li>While {@code first} is not null, it alone is the sums, and nothing else is allocated.
 *   <li>Otherwise the sum at index {@code i} is {@code sum over c of planes[c][i] * 2^(32 c -
 *       1074)}, where a plane that is null is 0; and {@code specials}, if it is not null, holds the
 *       sum of the infinities and NaNs at each index. Numbers of like size share three or four of
 *       the 69 planes.
 *   <li>No more than {@link #MOST_ADDITIONS} arrays are added, so that no element of a plane, which
 *       each changes by less than 2<sup>33</sup>, overflows.
 * </ol>
 *
 * <p>Not safe for use by several threads at once.
 */
public final class ExactSums {

  private static final int MOST_ADDITIONS = 1 << 29;

  private static final int CHUNK_BITS = 32;
  private static final long CHUNK_MASK = 0xFFFFFFFFL;
  private static final int MANTISSA_BITS = 52;
  private static final long MANTISSA_MASK = (1L << MANTISSA_BITS) - 1;
  private static final int EXPONENT_MASK = 0x7FF;

  private final int size;
  private final long[] @Nullable [] planes = new long[ExactSum.CHUNKS][];
  private double @Nullable [] first;
  private double @Nullable [] specials;
  private int additions;

  private ExactSums(double[] first) {
    this.size = first.length;
    this.first = first;
    this.additions = 1;
  }

  /**
   * Returns the sums that begin with these numbers.
   *
   * @param values the first number of each sum; not copied, so they must not change
   */
  public static ExactSums of(double[] values) {
    return new ExactSums(values);
  }

  /** Returns how many sums there are. */
  public int size() {
    return size;
  }

  /**
   * Adds other sums, each to that of the same index. The others stay as they are in value.
   *
   * @return this
   */
  public ExactSums add(ExactSums other) {
    if (other.size != size) {
      throw new IllegalArgumentException("sums to add must be " + size + " but are " + other.size);
    }
    additions = Math.addExact(additions, other.additions);
    if (additions > MOST_ADDITIONS) {
      throw new ArithmeticException("more than " + MOST_ADDITIONS + " arrays cannot be summed");
    }
    spread();
    double[] single = other.first;
    if (single != null) {
      addAll(single);
    } else {
      addPlanes(other);
    }
    return this;
  }

  /** Ends the state in which there is only one array. */
  private void spread() {
    double[] single = first;
    if (single != null) {
      first = null;
      addAll(single);
    }
  }

  private void addAll(double[] values) {
    for (int i = 0; i < size; i++) {
      if (values[i] != 0) {
        add(i, values[i]);
      }
    }
  }

  /** Adds a number, in the way of {@link ExactSum#add(double)}. */
  private void add(int index, double x) {
    long bits = Double.doubleToRawLongBits(x);
    int exponent = (int) (bits >>> MANTISSA_BITS) & EXPONENT_MASK;
    if (exponent == EXPONENT_MASK) {
      special(index, x);
      return;
    }
    long mantissa = bits & MANTISSA_MASK;
    if (exponent == 0) {
      exponent = 1;
    } else {
      mantissa |= 1L << MANTISSA_BITS;
    }
    int shift = (exponent - 1) & (CHUNK_BITS - 1);
    int chunk = (exponent - 1) >>> 5;
    long low = (mantissa & CHUNK_MASK) << shift;
    long high = (mantissa >>> CHUNK_BITS) << shift;
    long sign = bits >> (Long.SIZE - 1);
    addTo(chunk, index, low & CHUNK_MASK, sign);
    addTo(chunk + 1, index, (low >>> CHUNK_BITS) + (high & CHUNK_MASK), sign);
    addTo(chunk + 2, index, high >>> CHUNK_BITS, sign);
  }

  /** Adds a part of a number, negated if {@code sign} is -1 and not 0. */
  private void addTo(int chunk, int index, long part, long sign) {
    if (part != 0) {
      plane(chunk)[index] += (part ^ sign) - sign;
    }
  }

  private long[] plane(int chunk) {
    long[] plane = planes[chunk];
    if (plane == null) {
      plane = new long[size];
      planes[chunk] = plane;
    }
    return plane;
  }

  private void special(int index, double x) {
    if (specials == null) {
      specials = new double[size];
    }
    specials[index] += x;
  }

  private void addPlanes(ExactSums other) {
    for (int chunk = 0; chunk < ExactSum.CHUNKS; chunk++) {
      long[] from = other.planes[chunk];
      if (from != null) {
        long[] to = plane(chunk);
        for (int i = 0; i < size; i++) {
          to[i] += from[i];
        }
      }
    }
    double[] others = other.specials;
    for (int i = 0; others != null && i < size; i++) {
      special(i, others[i]);
    }
  }

  /** Returns a number without the sign of 0 and without the payload of NaN. */
  private static double canonical(double value) {
    return Double.isNaN(value) ? Double.NaN : value + 0.0;
  }

  /** Returns every sum, rounded once to the nearest double, as {@link ExactSum#value()} does. */
  public double[] values() {
    double[] single = first;
    if (single != null) {
      return Arrays.stream(single).map(ExactSums::canonical).toArray();
    }
    double[] values = new double[size];
    long[] chunks = new long[ExactSum.CHUNKS];
    for (int i = 0; i < size; i++) {
      for (int chunk = 0; chunk < ExactSum.CHUNKS; chunk++) {
        long[] plane = planes[chunk];
        chunks[chunk] = plane == null ? 0 : plane[i];
      }
      values[i] = new ExactSum(chunks, specials == null ? 0 : specials[i]).value();
    }
    return values;
  }
}
