package dev.mlstack.core.profile;

import dev.mlstack.store.Value;
import java.math.BigInteger;

/**
 * The sum of numbers and the sum of their squares, without any rounding.
 *
 * @param sum the sum, in units of {@code 2^unit}
 * @param squares the sum of the squares, in units of {@code 2^(2 unit)}
 * @param unit 0 for whole numbers, {@link #REAL_UNIT} for doubles
 */
record PowerSums(BigInteger sum, BigInteger squares, int unit) {

  /** The exponent of the least double. */
  static final int REAL_UNIT = -1074;

  /** Bits of a quotient before it is rounded to the 53 of a double; one more says what is lost. */
  private static final int QUOTIENT_BITS = 64;

  private static final int MANTISSA_BITS = 52;
  private static final long MANTISSA_MASK = (1L << MANTISSA_BITS) - 1;
  private static final int EXPONENT_MASK = 0x7FF;

  /** Returns the sums of no number. */
  static PowerSums none(Keys keys) {
    return new PowerSums(BigInteger.ZERO, BigInteger.ZERO, keys == Keys.REAL ? REAL_UNIT : 0);
  }

  /** Returns the sums of the values of exact bins, apart from infinite ones. */
  static PowerSums of(BinCounts exact, Keys keys) {
    PowerSums none = none(keys);
    BigInteger sum = BigInteger.ZERO;
    BigInteger squares = BigInteger.ZERO;
    for (int i = 0; i < exact.size(); i++) {
      if (Double.isFinite(keys.number(exact.prefix(i)))) {
        BigInteger value = inUnits(exact.prefix(i), keys);
        BigInteger times = value.multiply(BigInteger.valueOf(exact.count(i)));
        sum = sum.add(times);
        squares = squares.add(times.multiply(value));
      }
    }
    return new PowerSums(sum, squares, none.unit);
  }

  private static BigInteger inUnits(long key, Keys keys) {
    if (keys == Keys.WHOLE) {
      return BigInteger.valueOf(key);
    }
    long bits = Double.doubleToRawLongBits(keys.number(key));
    int exponent = (int) (bits >>> MANTISSA_BITS) & EXPONENT_MASK;
    long mantissa = bits & MANTISSA_MASK;
    BigInteger magnitude =
        exponent == 0
            ? BigInteger.valueOf(mantissa)
            : BigInteger.valueOf(mantissa | 1L << MANTISSA_BITS).shiftLeft(exponent - 1);
    return bits < 0 ? magnitude.negate() : magnitude;
  }

  PowerSums plus(PowerSums other) {
    return new PowerSums(sum.add(other.sum), squares.add(other.squares), unit);
  }

  /** Returns the mean of {@code count} numbers, rounded once to the nearest double. */
  double mean(long count) {
    return divide(sum, BigInteger.valueOf(count), unit);
  }

  /** Returns their variance, with one less than the count as denominator, rounded once. */
  double variance(long count) {
    BigInteger n = BigInteger.valueOf(count);
    BigInteger numerator = n.multiply(squares).subtract(sum.multiply(sum));
    return divide(numerator, n.multiply(n.subtract(BigInteger.ONE)), 2 * unit);
  }

  /** Returns a quotient times {@code 2^exponent}, rounded half to even. */
  private static double divide(BigInteger dividend, BigInteger divisor, int exponent) {
    if (dividend.signum() == 0) {
      return 0;
    }
    int shift = Math.max(0, QUOTIENT_BITS + divisor.bitLength() - dividend.bitLength());
    BigInteger[] parts = dividend.abs().shiftLeft(shift).divideAndRemainder(divisor);
    // One bit behind the quotient says that there is more, so that halves are not taken for ties.
    BigInteger odd = parts[0].shiftLeft(1).or(bit(parts[1].signum() != 0));
    double magnitude = toDouble(odd, exponent - shift - 1);
    return dividend.signum() < 0 ? -magnitude : magnitude;
  }

  private static BigInteger bit(boolean set) {
    return set ? BigInteger.ONE : BigInteger.ZERO;
  }

  /** Returns a positive number times {@code 2^exponent}, rounded once, even if it is denormal. */
  private static double toDouble(BigInteger number, int exponent) {
    int drop = Math.max(number.bitLength() - 53, REAL_UNIT - exponent);
    if (drop <= 0) {
      return Math.scalb(number.doubleValue(), exponent);
    }
    BigInteger kept = number.shiftRight(drop);
    BigInteger half = BigInteger.ONE.shiftLeft(drop - 1);
    int order = number.subtract(kept.shiftLeft(drop)).compareTo(half);
    if (order > 0 || (order == 0 && kept.testBit(0))) {
      kept = kept.add(BigInteger.ONE);
    }
    return Math.scalb(kept.doubleValue(), exponent + drop);
  }

  /** Returns a sum as {@code mantissa p exponent}, the mantissa odd. */
  private static String toText(BigInteger sum, int unit) {
    int zeros = Math.max(0, sum.getLowestSetBit());
    return sum.signum() == 0 ? "0p0" : sum.shiftRight(zeros) + "p" + (unit + zeros);
  }

  private static BigInteger fromText(String text, int unit) {
    int split = text.indexOf('p');
    if (split < 1 || text.length() > 2_000) {
      throw new IllegalArgumentException("'" + text + "' is no exact sum");
    }
    BigInteger mantissa = new BigInteger(text.substring(0, split));
    int shift = Integer.parseInt(text.substring(split + 1)) - unit;
    if (mantissa.signum() == 0) {
      return mantissa;
    }
    if (shift < 0 || shift > 4_400) {
      throw new IllegalArgumentException("'" + text + "' is beyond the range of exact sums");
    }
    return mantissa.shiftLeft(shift);
  }

  void putTo(Value.Doc.Builder doc) {
    doc.put("sum", toText(sum, unit)).put("squares", toText(squares, 2 * unit));
  }

  static PowerSums fromDoc(Value.Doc doc, Keys keys) {
    int unit = none(keys).unit;
    return new PowerSums(
        fromText(doc.text("sum"), unit), fromText(doc.text("squares"), 2 * unit), unit);
  }
}
