package dev.mlstack.core.profile;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * Sums doubles and their squares without rounding.
 *
 * <p>All doubles of one sign and exponent are whole multiples of one unit, so their mantissas are
 * summed as whole numbers, in a lane of their own; so are the squares of the mantissas, which have
 * 106 bits, in two halves. This is the small superaccumulator of R. Neal, "Fast exact summation
 * using small and large superaccumulators", 2015, with lanes for single exponents. A block is
 * summed in one long for each part, which a block of {@link #BLOCK} cannot overflow, and is then
 * added to sums of 32 bits with room for 2<sup>31</sup> blocks.
 */
final class RealSums {

  /** The greatest number of values that are added at once: 1,024. */
  static final int BLOCK = 1 << 10;

  private static final int MANTISSA_BITS = 52;
  private static final long MANTISSA_MASK = (1L << MANTISSA_BITS) - 1;
  private static final long IMPLICIT = 1L << MANTISSA_BITS;
  private static final int EXPONENT_MASK = 0x7FF;
  private static final int LANES = 1 << 12;
  private static final int HALF_BITS = 53;
  private static final long HALF_MASK = (1L << HALF_BITS) - 1;
  private static final long WORD = 0xFFFFFFFFL;

  /** What a block is summed in; empty between two blocks, so that columns can share it. */
  static final class Scratch {
    private final long[] lanes = new long[4 * LANES];
    private final int[] touched = new int[BLOCK];
  }

  private final Scratch scratch;
  private final long[] @Nullable [] totals = new long[LANES][];

  RealSums(Scratch scratch) {
    this.scratch = scratch;
  }

  /** Adds at most {@link #BLOCK} numbers, none of which is NaN. */
  void add(double[] values, int from, int to) {
    long[] lanes = scratch.lanes;
    int[] touched = scratch.touched;
    int used = 0;
    for (int i = from; i < to; i++) {
      long bits = Double.doubleToRawLongBits(values[i]);
      int lane = (int) (bits >>> MANTISSA_BITS);
      long mantissa = (bits & MANTISSA_MASK) | ((lane & EXPONENT_MASK) == 0 ? 0 : IMPLICIT);
      int at = lane << 2;
      if (lanes[at] == 0) {
        touched[used++] = lane;
      }
      lanes[at]++;
      lanes[at + 1] += mantissa;
      // The product has 11 more bits, so that its upper half is that of the square.
      lanes[at + 2] += Math.multiplyHigh(mantissa << 5, mantissa << 6);
      lanes[at + 3] += (mantissa * mantissa) & HALF_MASK;
    }
    for (int i = 0; i < used; i++) {
      flush(touched[i], lanes);
    }
  }

  private void flush(int lane, long[] lanes) {
    long[] total = totals[lane];
    if (total == null) {
      total = new long[7];
      totals[lane] = total;
    }
    int at = lane << 2;
    total[0] += lanes[at];
    for (int part = 1; part <= 3; part++) {
      long sum = lanes[at + part];
      total[2 * part - 1] += sum & WORD;
      total[2 * part] += sum >>> 32;
      lanes[at + part] = 0;
    }
    lanes[at] = 0;
  }

  /** Returns how many infinite numbers of a sign were added. */
  long infinite(boolean negative) {
    long[] total = totals[negative ? LANES - 1 : EXPONENT_MASK];
    return total == null ? 0 : total[0];
  }

  /** Returns the sums of all numbers that are not infinite. */
  PowerSums sums() {
    BigInteger sum = BigInteger.ZERO;
    BigInteger squares = BigInteger.ZERO;
    for (int lane = 0; lane < LANES; lane++) {
      long[] total = totals[lane];
      int exponent = lane & EXPONENT_MASK;
      if (total != null && exponent != EXPONENT_MASK) {
        int shift = Math.max(exponent, 1) - 1;
        BigInteger mantissas = whole(total, 1).shiftLeft(shift);
        sum = lane > EXPONENT_MASK ? sum.subtract(mantissas) : sum.add(mantissas);
        BigInteger square = whole(total, 3).shiftLeft(HALF_BITS).add(whole(total, 5));
        squares = squares.add(square.shiftLeft(2 * shift));
      }
    }
    return new PowerSums(sum, squares, PowerSums.REAL_UNIT);
  }

  private static BigInteger whole(long[] total, int low) {
    return BigInteger.valueOf(total[low + 1]).shiftLeft(32).add(BigInteger.valueOf(total[low]));
  }
}
