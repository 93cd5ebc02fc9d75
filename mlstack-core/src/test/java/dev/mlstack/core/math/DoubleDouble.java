package dev.mlstack.core.math;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;

/**
 * An unevaluated sum of two doubles: some 104 bits of precision. Arithmetic of T. Dekker, "A
 * floating-point technique for extending the available precision", 1971, with the fused
 * multiply-add of Java where that is shorter. The oracle of the functions of {@link StableMath};
 * itself tested against {@link BigDecimal}.
 *
 * @param high the nearest double
 * @param low the rest
 */
record DoubleDouble(double high, double low) {

  private static final int TERMS = 28;
  private static final DoubleDouble ONE = of(1);
  private static final DoubleDouble[] INVERSE_FACTORIALS = inverseFactorials();

  /** The leading 42 bits of ln 2, the next 42 and the rest: products with an exponent are exact. */
  private static final double[] LN2 = split(bigLn2(new MathContext(60)));

  static DoubleDouble of(double x) {
    return new DoubleDouble(x, 0);
  }

  private static DoubleDouble of(BigDecimal x) {
    double high = x.doubleValue();
    return new DoubleDouble(high, x.subtract(new BigDecimal(high)).doubleValue());
  }

  /** Returns the sum of two doubles, exactly. */
  static DoubleDouble sum(double a, double b) {
    double s = a + b;
    double t = s - a;
    return new DoubleDouble(s, (a - (s - t)) + (b - t));
  }

  /** Returns the product of two doubles, exactly. */
  static DoubleDouble product(double a, double b) {
    double p = a * b;
    return new DoubleDouble(p, Math.fma(a, b, -p));
  }

  DoubleDouble plus(DoubleDouble other) {
    DoubleDouble s = sum(high, other.high);
    DoubleDouble t = sum(low, other.low);
    DoubleDouble u = sum(s.high, s.low + t.high);
    return sum(u.high, u.low + t.low);
  }

  DoubleDouble plus(double other) {
    return plus(of(other));
  }

  DoubleDouble negated() {
    return new DoubleDouble(-high, -low);
  }

  DoubleDouble times(DoubleDouble other) {
    DoubleDouble p = product(high, other.high);
    return sum(p.high, p.low + (high * other.low + low * other.high));
  }

  DoubleDouble over(DoubleDouble other) {
    double q1 = high / other.high;
    DoubleDouble r = plus(other.times(of(q1)).negated());
    double q2 = r.high / other.high;
    r = r.plus(other.times(of(q2)).negated());
    return sum(q1, q2).plus(r.high / other.high);
  }

  /** Returns this times a power of two, which must not leave the range of normal numbers. */
  DoubleDouble scaled(int exponent) {
    return new DoubleDouble(Math.scalb(high, exponent), Math.scalb(low, exponent));
  }

  /** A number that may lie beyond the range of doubles: {@code value * 2^exponent}. */
  record Scaled(DoubleDouble value, int exponent) {

    /**
     * Returns by how many units in the last place of the true value, as a double would have it, a
     * double differs from this.
     */
    double ulpsTo(double y) {
      int top = Math.getExponent(value.high) + exponent;
      int ulp = Math.max(top, Double.MIN_EXPONENT) - 52;
      DoubleDouble exact = value.scaled(exponent - ulp);
      return exact.negated().plus(Math.scalb(y, -ulp)).high;
    }
  }

  /** Returns e to the power of {@code x}. */
  static Scaled exp(double x) {
    double k = Math.rint(x / LN2[0]);
    DoubleDouble r = sum(x, -k * LN2[0]).plus(-k * LN2[1]).plus(-k * LN2[2]);
    return new Scaled(expNear0(r), (int) k);
  }

  private static DoubleDouble expNear0(DoubleDouble r) {
    DoubleDouble sum = INVERSE_FACTORIALS[TERMS];
    for (int n = TERMS - 1; n >= 0; n--) {
      sum = sum.times(r).plus(INVERSE_FACTORIALS[n]);
    }
    return sum;
  }

  /** Returns the natural logarithm of a positive, finite number. */
  static DoubleDouble log(double x) {
    double m = x < Double.MIN_NORMAL ? x * 0x1.0p60 : x;
    int k = Math.getExponent(m);
    m = Math.scalb(m, -k);
    k -= x < Double.MIN_NORMAL ? 60 : 0;
    if (m > 1.4) {
      m /= 2;
      k++;
    }
    DoubleDouble log = logNear1(sum(m, -1));
    return product(k, LN2[0]).plus(product(k, LN2[1])).plus(product(k, LN2[2])).plus(log);
  }

  /** Returns the natural logarithm of 1 + f, for f between -0.3 and 0.4. */
  static DoubleDouble logNear1(DoubleDouble f) {
    DoubleDouble s = f.over(f.plus(2));
    DoubleDouble z = s.times(s);
    DoubleDouble sum = of(0);
    for (int n = 49; n >= 1; n -= 2) {
      sum = sum.times(z).plus(ONE.over(of(n)));
    }
    return sum.times(s).scaled(1);
  }

  private static DoubleDouble[] inverseFactorials() {
    DoubleDouble[] terms = new DoubleDouble[TERMS + 1];
    BigInteger factorial = BigInteger.ONE;
    for (int n = 0; n <= TERMS; n++) {
      factorial = n == 0 ? factorial : factorial.multiply(BigInteger.valueOf(n));
      terms[n] = of(BigDecimal.ONE.divide(new BigDecimal(factorial), new MathContext(50)));
    }
    return terms;
  }

  private static double[] split(BigDecimal x) {
    double[] parts = new double[3];
    BigDecimal rest = x;
    for (int i = 0; i < 3; i++) {
      double part = rest.doubleValue();
      parts[i] = i == 2 ? part : Double.longBitsToDouble(Double.doubleToLongBits(part) & -2048L);
      rest = rest.subtract(new BigDecimal(parts[i]));
    }
    return parts;
  }

  /** Returns ln 2 as {@code 2 artanh(1/3)}. */
  static BigDecimal bigLn2(MathContext digits) {
    return bigLog(BigDecimal.valueOf(2), digits);
  }

  /** Returns the natural logarithm of a number between 1/4 and 4: {@code 2 artanh((x-1)/(x+1))}. */
  static BigDecimal bigLog(BigDecimal x, MathContext digits) {
    BigDecimal s = x.subtract(BigDecimal.ONE).divide(x.add(BigDecimal.ONE), digits);
    BigDecimal z = s.multiply(s, digits);
    BigDecimal power = s;
    BigDecimal sum = BigDecimal.ZERO;
    for (int n = 1; n < 10 * digits.getPrecision(); n += 2) {
      sum = sum.add(power.divide(BigDecimal.valueOf(n), digits), digits);
      power = power.multiply(z, digits);
    }
    return sum.multiply(BigDecimal.valueOf(2));
  }

  /** Returns e to the power of a number, by the Taylor series of the 2^-20th part of it. */
  static BigDecimal bigExp(BigDecimal x, MathContext digits) {
    final int halvings = 20;
    BigDecimal r = x.divide(BigDecimal.valueOf(1L << halvings), digits);
    BigDecimal sum = BigDecimal.ONE;
    BigDecimal term = BigDecimal.ONE;
    for (int n = 1; n < digits.getPrecision(); n++) {
      term = term.multiply(r, digits).divide(BigDecimal.valueOf(n), digits);
      sum = sum.add(term, digits);
    }
    for (int i = 0; i < halvings; i++) {
      sum = sum.multiply(sum, digits);
    }
    return sum;
  }
}
