package dev.mlstack.core.math;

/**
 * Transcendental functions made only of additions, multiplications, divisions, comparisons and bit
 * operations in a fixed order, so that the result has the same bits on every platform and in every
 * language that follows IEEE 754 without fused multiply-add.
 *
 * <p>Arguments are reduced by powers of two: {@code exp(k ln 2 + r) = 2^k exp(r)} for {@code |r| <=
 * ln 2 / 2}, and {@code log(2^k m) = k ln 2 + log(m)} for {@code m} between the square roots of 1/2
 * and 2. The constant ln 2 is split in two, so that the products of its leading part with {@code k}
 * are exact. What is left is a polynomial whose greatest relative error is the least possible
 * (found by the exchange algorithm of E. Remez, 1934, in 60 digits): 2<sup>-64</sup> for {@code
 * exp}, 2<sup>-59</sup> for {@code log}. Even and odd powers are summed apart, which halves the
 * wait for the result. What {@code 1 + r} is rounded by goes into {@code exp(r)} with the
 * polynomial. The logarithm is put together as {@code f - (f*f/2 - s*(f*f/2 + R))} with {@code f =
 * m - 1} and {@code s = f / (2 + f)}, as K.-C. Ng does in FDLIBM (Sun Microsystems, 1993): so the
 * small terms are rounded, not the large ones.
 *
 * <p>Errors stay below 1 unit in the last place for {@link #exp} and {@link #log} (0.75 for {@code
 * exp} where it is a normal number), below 2.5 for {@link #log1p}, {@link #sigmoid} and {@link
 * #softplus}, and below 4 for {@link #expm1}. Sine and cosine take turns, so that whole turns are
 * taken away exactly; their errors stay below 2 units in the last place. {@code exp}, {@code log}
 * and {@code sigmoid} never fall where their argument rises. A call takes some 5 ns, about as long
 * as one of {@link Math#exp}.
 */
public final class StableMath {

  private static final double LOG2_E = 0x1.71547652b82fep0;

  /** The leading 33 bits of ln 2: products with an exponent are exact. */
  private static final double LN2_HIGH = 0x1.62e42feep-1;

  /** The rest of ln 2. */
  private static final double LN2_LOW = 0x1.a39ef35793c76p-33;

  /** Added to a number of fewer than 51 bits, leaves the nearest whole number in the last bits. */
  private static final double ROUNDER = 0x1.8p52;

  private static final int MANTISSA_BITS = 52;
  private static final long ONE_BITS = 0x3FF0000000000000L;
  private static final long SQRT_HALF_BITS = 0x3FE6A09E667F3BCDL;

  /** Up to this size of the argument, {@code exp} is a normal number. */
  private static final double EXP_NORMAL = 708;

  /** The greatest argument whose {@code exp} is a finite double. */
  private static final double EXP_MAX = 0x1.62e42fefa39efp9;

  /** The least argument whose {@code exp} is nearer to the least double than to 0. */
  private static final double EXP_MIN = -0x1.74910d52d3051p9;

  /** Below this, {@code exp(x)} and {@code sigmoid(x)} are the same double. */
  private static final double SIGMOID_IS_EXP = -709.5;

  /** Up to this size of the argument, {@code exp} is reduced by no power of two: ln 2 / 2. */
  private static final double EXPM1_SMALL = 0x1.62e42fefa39efp-2;

  private static final double TWO_PI = 0x1.921fb54442d18p2;

  private StableMath() {}

  /** Returns e to the power of {@code x}. */
  public static double exp(double x) {
    double shifted = x * LOG2_E + ROUNDER;
    double k = shifted - ROUNDER;
    double high = x - k * LN2_HIGH;
    double low = k * LN2_LOW;
    double r = high - low;
    double tail = r * r * expTail(r) - low;
    double sum = 1 + high;
    double y = sum + ((1 - sum) + high + tail);
    if (Math.abs(x) < EXP_NORMAL) {
      long exponent = Double.doubleToRawLongBits(shifted) << MANTISSA_BITS;
      return y * Double.longBitsToDouble(exponent + ONE_BITS);
    }
    if (x >= EXP_MIN && x <= EXP_MAX) {
      // In two steps, of which the first is exact: 2^k itself may be no normal number.
      int half = (int) k / 2;
      return y * powerOfTwo(half) * powerOfTwo((int) k - half);
    }
    return x < 0 ? 0 : x > 0 ? Double.POSITIVE_INFINITY : Double.NaN;
  }

  /** Returns {@code (exp(r) - 1 - r) / r^2}. */
  private static double expTail(double r) {
    double z = r * r;
    double even = 0x1.1f9df05e3cb4ap-29;
    even = even * z + 0x1.27e4bf2dceb7cp-22;
    even = even * z + 0x1.a01a01b4584b5p-16;
    even = even * z + 0x1.6c16c16c13579p-10;
    even = even * z + 0x1.555555555555ep-5;
    even = even * z + 0x1.0000000000000p-1;
    double odd = 0x1.af6cbf586184cp-26;
    odd = odd * z + 0x1.71ddef9b69325p-19;
    odd = odd * z + 0x1.a01a01b3b824bp-13;
    odd = odd * z + 0x1.111111110ebbap-7;
    odd = odd * z + 0x1.555555555555cp-3;
    return even + r * odd;
  }

  /** Returns 2<sup>k</sup> for {@code k} from -1022 to 1023. */
  private static double powerOfTwo(int k) {
    return Double.longBitsToDouble(((long) k << MANTISSA_BITS) + ONE_BITS);
  }

  /** Returns the natural logarithm; NaN below 0, negative infinity at 0. */
  public static double log(double x) {
    if (x >= Double.MIN_NORMAL && x <= Double.MAX_VALUE) {
      return logOfNormal(x, 0);
    } else if (x > 0 && x < Double.MIN_NORMAL) {
      return logOfNormal(x * 0x1p54, -54);
    }
    return x == 0 ? Double.NEGATIVE_INFINITY : x > 0 ? x : Double.NaN;
  }

  /** Returns {@code log(x * 2^exponent)} for a normal number. */
  private static double logOfNormal(double x, int exponent) {
    long bits = Double.doubleToRawLongBits(x);
    long binade = (bits - SQRT_HALF_BITS) >> MANTISSA_BITS;
    double f = Double.longBitsToDouble(bits - (binade << MANTISSA_BITS)) - 1;
    double k = binade + exponent;
    double s = f / (2 + f);
    double half = 0.5 * f * f;
    return k * LN2_HIGH - ((half - (s * (half + logTail(s * s)) + k * LN2_LOW)) - f);
  }

  /** Returns {@code 2 artanh(s) / s - 2} of the square {@code z} of {@code s}. */
  private static double logTail(double z) {
    double w = z * z;
    double odd = 0x1.2f05642bd77abp-3;
    odd = odd * w + 0x1.74663ee932abdp-3;
    odd = odd * w + 0x1.24924941f12b1p-2;
    odd = odd * w + 0x1.5555555555592p-1;
    double even = 0x1.39a1baa5608d0p-3;
    even = even * w + 0x1.c71c520958dbfp-3;
    even = even * w + 0x1.999999997fdb7p-2;
    return z * odd + w * even;
  }

  /** Returns the natural logarithm of {@code 1 + x}, also for {@code x} near 0. */
  public static double log1p(double x) {
    double u = 1 + x;
    if (u == 1 || x == Double.POSITIVE_INFINITY) {
      return x;
    }
    // The sum was rounded by x - (u - 1), which is exact and small.
    return u > 0 ? log(u) + (x - (u - 1)) / u : log(u);
  }

  /** Returns {@code exp(x) - 1}, also for {@code x} near 0. */
  public static double expm1(double x) {
    return Math.abs(x) <= EXPM1_SMALL ? x + x * x * expTail(x) : exp(x) - 1;
  }

  /** Returns the sine of an angle that is given in turns: {@code sin(2 pi turns)}. */
  public static double sinOfTurns(double turns) {
    double part = turns - Math.rint(turns);
    double quarters = Math.rint(part * 4);
    double angle = (part - quarters / 4) * TWO_PI;
    return switch (quadrant(quarters)) {
      case 0 -> sinOfSmall(angle);
      case 1 -> cosOfSmall(angle);
      case 2 -> -sinOfSmall(angle);
      default -> -cosOfSmall(angle);
    };
  }

  /** Returns the cosine of an angle that is given in turns: {@code cos(2 pi turns)}. */
  public static double cosOfTurns(double turns) {
    double part = turns - Math.rint(turns);
    double quarters = Math.rint(part * 4);
    double angle = (part - quarters / 4) * TWO_PI;
    return switch (quadrant(quarters)) {
      case 0 -> cosOfSmall(angle);
      case 1 -> -sinOfSmall(angle);
      case 2 -> -cosOfSmall(angle);
      default -> sinOfSmall(angle);
    };
  }

  /** Returns a number of quarters from -2 to 2 modulo 4; that of NaN does not matter. */
  private static int quadrant(double quarters) {
    return (int) quarters & 3;
  }

  /** Returns the sine of an angle of at most an eighth of a turn: its Taylor series. */
  private static double sinOfSmall(double x) {
    double z = x * x;
    double sum = 0x1.952c77030ad4ap-49;
    sum = sum * z - 0x1.ae7f3e733b81fp-41;
    sum = sum * z + 0x1.6124613a86d09p-33;
    sum = sum * z - 0x1.ae64567f544e4p-26;
    sum = sum * z + 0x1.71de3a556c734p-19;
    sum = sum * z - 0x1.a01a01a01a01ap-13;
    sum = sum * z + 0x1.1111111111111p-7;
    sum = sum * z - 0x1.5555555555555p-3;
    return x + x * (z * sum);
  }

  /** Returns the cosine of an angle of at most an eighth of a turn: its Taylor series. */
  private static double cosOfSmall(double x) {
    double z = x * x;
    double sum = 0x1.ae7f3e733b81fp-45;
    sum = sum * z - 0x1.93974a8c07c9dp-37;
    sum = sum * z + 0x1.1eed8eff8d898p-29;
    sum = sum * z - 0x1.27e4fb7789f5cp-22;
    sum = sum * z + 0x1.a01a01a01a01ap-16;
    sum = sum * z - 0x1.6c16c16c16c17p-10;
    sum = sum * z + 0x1.5555555555555p-5;
    double half = 0.5 * z;
    double first = 1 - half;
    return first + ((1 - first) - half + z * z * sum);
  }

  /** Returns the logistic function, {@code 1 / (1 + exp(-x))}. */
  public static double sigmoid(double x) {
    return x < SIGMOID_IS_EXP ? exp(x) : 1 / (1 + exp(-x));
  }

  /** Returns {@code log(1 + exp(x))}, which is finite for every finite {@code x}. */
  public static double softplus(double x) {
    return Math.max(x, 0) + log1p(exp(-Math.abs(x)));
  }

  /**
   * Replaces {@code count} numbers by their softmax: {@code exp(x_i) / sum_j exp(x_j)}. Where one
   * is NaN or positive infinity, or all are negative infinity, there is none, and all become NaN.
   *
   * @param values the numbers
   * @param from the index of the first
   */
  public static void softmax(double[] values, int from, int count) {
    double max = Double.NEGATIVE_INFINITY;
    for (int i = from; i < from + count; i++) {
      max = Math.max(max, values[i]);
    }
    double sum = 0;
    for (int i = from; i < from + count; i++) {
      values[i] = exp(values[i] - max);
      sum += values[i];
    }
    for (int i = from; i < from + count; i++) {
      values[i] /= sum;
    }
  }
}
