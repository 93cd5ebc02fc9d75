package dev.mlstack.data.internal;

import java.math.BigInteger;

/**
 * Finds the double that is nearest to a decimal number of up to 19 digits (M. Mushtak and D.
 * Lemire, "Fast number parsing without fallback", 2023, after an algorithm of M. Eisel).
 *
 * <p>The digits are multiplied by the leading 128 bits of the power of ten. Digits that are exact
 * and powers from {@link #MIN_POWER} to {@link #MAX_POWER} need no more bits than that; what is
 * subnormal or too large does not occur within them.
 */
final class Decimals {

  static final int MIN_POWER = -60;
  static final int MAX_POWER = 60;

  private static final long MAX_EXACT_WHOLE = 1L << 53;
  private static final double[] EXACT_POWERS = exactPowers();
  private static final long[] HIGH = new long[MAX_POWER - MIN_POWER + 1];
  private static final long[] LOW = new long[MAX_POWER - MIN_POWER + 1];

  private static final int MANTISSA_BITS = 52;
  private static final int EXPONENT_BIAS = 1023;
  private static final int DROPPED_BITS = Long.SIZE - MANTISSA_BITS - 3;
  private static final long SURE_BITS = (1L << DROPPED_BITS) - 1;

  /** The powers within which a product may lie exactly between two doubles. */
  private static final int MIN_TIE_POWER = -4;

  private static final int MAX_TIE_POWER = 23;

  static {
    for (int power = MIN_POWER; power <= MAX_POWER; power++) {
      BigInteger leading = leading(power);
      HIGH[power - MIN_POWER] = leading.shiftRight(Long.SIZE).longValue();
      LOW[power - MIN_POWER] = leading.longValue();
    }
  }

  private Decimals() {}

  private static double[] exactPowers() {
    double[] powers = new double[23];
    double power = 1;
    for (int i = 0; i < powers.length; i++) {
      powers[i] = power;
      power *= 10;
    }
    return powers;
  }

  /** Returns the leading 128 bits of a power of five, rounded down, or up if it is negative. */
  private static BigInteger leading(int power) {
    BigInteger five = BigInteger.valueOf(5).pow(Math.abs(power));
    int bits = 2 * Long.SIZE;
    if (power >= 0) {
      int excess = five.bitLength() - bits;
      return excess > 0 ? five.shiftRight(excess) : five.shiftLeft(-excess);
    }
    int shift = five.bitLength() + bits - 1;
    return BigInteger.ONE.shiftLeft(shift).divide(five).add(BigInteger.ONE);
  }

  /**
   * Returns the double that is nearest to {@code digits} times ten to the {@code power}; of two
   * that are, the even one.
   *
   * @param digits unsigned
   * @param power from {@link #MIN_POWER} to {@link #MAX_POWER}
   */
  static double nearest(long digits, int power) {
    if (digits >= 0 && digits <= MAX_EXACT_WHOLE && Math.abs(power) < EXACT_POWERS.length) {
      // Both are exact, so that one operation rounds once (W. Clinger, "How to read floating point
      // numbers accurately", 1990).
      return power < 0 ? digits / EXACT_POWERS[-power] : digits * EXACT_POWERS[power];
    }
    return digits == 0 ? 0 : product(digits, power);
  }

  private static double product(long digits, int power) {
    int zeros = Long.numberOfLeadingZeros(digits);
    long scaled = digits << zeros;
    long high = multiplyHigh(scaled, HIGH[power - MIN_POWER]);
    long low = scaled * HIGH[power - MIN_POWER];
    if ((high & SURE_BITS) == SURE_BITS) {
      long more = multiplyHigh(scaled, LOW[power - MIN_POWER]);
      low += more;
      high += Long.compareUnsigned(low, more) < 0 ? 1 : 0;
    }
    int upper = (int) (high >>> (Long.SIZE - 1));
    long mantissa = high >>> (upper + DROPPED_BITS);
    // The exponent of two of a power of ten is that power times the binary logarithm of ten.
    int exponent = ((217_706 * power) >> 16) + Long.SIZE - 1 + upper - zeros + EXPONENT_BIAS;
    boolean tie =
        Long.compareUnsigned(low, 1) <= 0
            && power >= MIN_TIE_POWER
            && power <= MAX_TIE_POWER
            && (mantissa & 3) == 1
            && mantissa << (upper + DROPPED_BITS) == high;
    mantissa = (mantissa + (tie ? 0 : mantissa & 1)) >>> 1;
    // Rounding up may carry into the exponent, which addition does by itself.
    return Double.longBitsToDouble(((long) (exponent - 1) << MANTISSA_BITS) + mantissa);
  }

  /** Returns the upper 64 bits of the product of unsigned numbers. */
  private static long multiplyHigh(long a, long b) {
    return Math.multiplyHigh(a, b) + ((a >> (Long.SIZE - 1)) & b) + ((b >> (Long.SIZE - 1)) & a);
  }
}
