package dev.mlstack.core.profile;

import java.math.BigInteger;

/**
 * Sums whole numbers of 64 bits and their squares, exactly: in digits of 32 bits, each with room
 * for the carries of 2<sup>31</sup> blocks.
 */
final class WholeSums {

  private static final long WORD = 0xFFFFFFFFL;

  private final long[] sum = new long[3];
  private final long[] squares = new long[5];

  /** Adds at most 2<sup>31</sup> numbers. */
  void add(long[] values, int from, int to) {
    long low = 0;
    long high = 0;
    long square0 = 0;
    long square1 = 0;
    long square2 = 0;
    long square3 = 0;
    for (int i = from; i < to; i++) {
      long value = values[i];
      low += value & WORD;
      high += value >> 32;
      long lowSquare = value * value;
      long highSquare = Math.multiplyHigh(value, value);
      square0 += lowSquare & WORD;
      square1 += lowSquare >>> 32;
      square2 += highSquare & WORD;
      square3 += highSquare >>> 32;
    }
    put(sum, 0, low);
    put(sum, 1, high);
    put(squares, 0, square0);
    put(squares, 1, square1);
    put(squares, 2, square2);
    put(squares, 3, square3);
  }

  private static void put(long[] digits, int digit, long value) {
    digits[digit] += value & WORD;
    digits[digit + 1] += value >> 32;
  }

  PowerSums sums() {
    return new PowerSums(whole(sum), whole(squares), 0);
  }

  private static BigInteger whole(long[] digits) {
    BigInteger whole = BigInteger.ZERO;
    for (int i = digits.length - 1; i >= 0; i--) {
      whole = whole.shiftLeft(32).add(BigInteger.valueOf(digits[i]));
    }
    return whole;
  }
}
