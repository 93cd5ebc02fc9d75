package dev.mlstack.data.internal;

import ch.randelshofer.fastdoubleparser.JavaDoubleParser;
import java.util.Arrays;

/**
 * Reads numbers from bytes.
 *
 * <p>A whole number is a sign or none, and digits; a fraction of zeros may follow, as {@code 7.0}.
 * A real number is a sign or none, digits with at most one point among them, and possibly an
 * exponent; or {@code NaN}, {@code inf} or {@code infinity} in any case. It becomes the nearest
 * double. A character may separate thousands: {@code 1,234,567.8}. Then the digits before the
 * fraction are in groups of three, of which the first may be shorter and does not begin with a
 * zero, or none of them are. The last result is kept in fields, so that nothing is allocated; not
 * safe for use by several threads at once.
 */
public final class Numbers {

  /** What reading a whole number came to. */
  public enum Outcome {
    /** It was read. */
    OK,
    /** It is none. */
    MALFORMED,
    /** It does not fit into 64 bits. */
    TOO_LARGE
  }

  /** What sort of real number stands somewhere. */
  private enum Shape {
    NONE,
    SHORT,
    LONG,
    WORD
  }

  /** Stands for a character that there is none of. */
  public static final char NONE = 0;

  private static final int GROUP_DIGITS = 3;
  private static final int MAX_LONG_DIGITS = 18;
  private static final int MAX_EXPONENT = 10_000_000;

  private final char decimal;
  private final char thousands;
  private byte[] ungrouped = {};
  private long whole;
  private double real;
  private boolean negative;
  private int power;
  private final Digits digits = new Digits();

  /**
   * Creates a reader.
   *
   * @param decimal what stands before the fraction, the point of the formats above
   */
  public Numbers(char decimal) {
    this(decimal, NONE);
  }

  /**
   * Creates a reader.
   *
   * @param decimal what stands before the fraction, the point of the formats above
   * @param thousands what stands between groups of three digits; {@link #NONE} if nothing does
   */
  public Numbers(char decimal, char thousands) {
    this.decimal = decimal;
    this.thousands = thousands;
  }

  /** Returns the whole number that was read. */
  public long whole() {
    return whole;
  }

  /** Returns the real number that was read. */
  public double real() {
    return real;
  }

  /** Reads a whole number; too large is what does not fit into 64 bits. */
  public Outcome readWhole(byte[] bytes, int from, int to) {
    if (isGrouped(bytes, from, to)) {
      int length = ungroup(bytes, from, to);
      return length < 0 ? Outcome.MALFORMED : readPlainWhole(ungrouped, 0, length);
    }
    return readPlainWhole(bytes, from, to);
  }

  private Outcome readPlainWhole(byte[] bytes, int from, int to) {
    boolean minus = from < to && bytes[from] == '-';
    int at = minus || (from < to && bytes[from] == '+') ? from + 1 : from;
    int first = at;
    digits.clear();
    int end = digits.read(bytes, at, to);
    if (end == to && end > at && end - at <= MAX_LONG_DIGITS) {
      whole = minus ? -digits.value() : digits.value();
      return Outcome.OK;
    }
    // The sum is kept negative, because there is one more negative number than there are positive.
    long sum = 0;
    boolean fits = true;
    for (; at < to; at++) {
      int digit = bytes[at] - '0';
      if (digit < 0 || digit > 9) {
        break;
      }
      fits &= sum > Long.MIN_VALUE / 10 || (sum == Long.MIN_VALUE / 10 && digit <= 8);
      sum = sum * 10 - digit;
    }
    if (at == first || !isZeroFraction(bytes, at, to)) {
      return Outcome.MALFORMED;
    }
    whole = minus ? sum : -sum;
    return fits && (minus || sum != Long.MIN_VALUE) ? Outcome.OK : Outcome.TOO_LARGE;
  }

  private boolean isZeroFraction(byte[] bytes, int from, int to) {
    if (from == to) {
      return true;
    }
    boolean zeros = bytes[from] == decimal && from + 1 < to;
    for (int at = from + 1; at < to && zeros; at++) {
      zeros = bytes[at] == '0';
    }
    return zeros;
  }

  /** Reads a real number; {@code false} if there is none, or something behind it. */
  public boolean readReal(byte[] bytes, int from, int to) {
    if (isGrouped(bytes, from, to)) {
      int length = ungroup(bytes, from, to);
      return length >= 0 && readPlainReal(ungrouped, 0, length);
    }
    return readPlainReal(bytes, from, to);
  }

  private boolean readPlainReal(byte[] bytes, int from, int to) {
    switch (scanReal(bytes, from, to)) {
      case SHORT -> {
        double absolute = Decimals.nearest(digits.value(), power);
        real = negative ? -absolute : absolute;
      }
      case LONG -> real = nearest(bytes, from, to);
      case WORD -> real = word(bytes[to - 1]);
      default -> {
        return false;
      }
    }
    return true;
  }

  private double nearest(byte[] bytes, int from, int to) {
    if (decimal == '.') {
      return JavaDoubleParser.parseDouble(bytes, from, to - from);
    }
    byte[] pointed = Arrays.copyOfRange(bytes, from, to);
    for (int i = 0; i < pointed.length; i++) {
      pointed[i] = pointed[i] == decimal ? (byte) '.' : pointed[i];
    }
    return JavaDoubleParser.parseDouble(pointed);
  }

  /** Tells whether a real number stands here and nothing else, without reading its value. */
  public boolean isReal(byte[] bytes, int from, int to) {
    if (isGrouped(bytes, from, to)) {
      int length = ungroup(bytes, from, to);
      return length >= 0 && scanReal(ungrouped, 0, length) != Shape.NONE;
    }
    return scanReal(bytes, from, to) != Shape.NONE;
  }

  /** Tells whether a minus or none, and digits, stand here and nothing else. */
  public boolean isInteger(byte[] bytes, int from, int to) {
    if (isGrouped(bytes, from, to)) {
      int length = ungroup(bytes, from, to);
      return length >= 0 && isPlainInteger(ungrouped, 0, length);
    }
    return isPlainInteger(bytes, from, to);
  }

  private static boolean isPlainInteger(byte[] bytes, int from, int to) {
    int at = from < to && bytes[from] == '-' ? from + 1 : from;
    return at < to && Digits.end(bytes, at, to) == to;
  }

  private boolean isGrouped(byte[] bytes, int from, int to) {
    if (thousands != NONE) {
      for (int at = from; at < to; at++) {
        if (bytes[at] == thousands) {
          return true;
        }
      }
    }
    return false;
  }

  /**
   * Copies a number without what separates its thousands; returns its length, -1 if they are not
   * groups of three digits.
   */
  private int ungroup(byte[] bytes, int from, int to) {
    if (ungrouped.length < to - from) {
      ungrouped = new byte[2 * (to - from)];
    }
    int length = 0;
    int at = from;
    if (bytes[at] == '-' || bytes[at] == '+') {
      ungrouped[length++] = bytes[at++];
    }
    int end = Digits.end(bytes, at, to);
    if (end == at || end - at > GROUP_DIGITS || bytes[at] == '0') {
      return -1;
    }
    while (end < to && bytes[end] == thousands) {
      System.arraycopy(bytes, at, ungrouped, length, end - at);
      length += end - at;
      at = end + 1;
      end = Digits.end(bytes, at, to);
      if (end - at != GROUP_DIGITS) {
        return -1;
      }
    }
    System.arraycopy(bytes, at, ungrouped, length, to - at);
    return length + to - at;
  }

  /** Looks what sort of real number stands here. Where it is short, keeps its digits and power. */
  private Shape scanReal(byte[] bytes, int from, int to) {
    negative = from < to && bytes[from] == '-';
    int start = negative || (from < to && bytes[from] == '+') ? from + 1 : from;
    digits.clear();
    int at = digits.read(bytes, start, to);
    int count = at - start;
    power = 0;
    if (at < to && bytes[at] == decimal) {
      int end = digits.read(bytes, at + 1, to);
      power = at + 1 - end;
      count -= power;
      at = end;
    }
    if (count == 0) {
      return isWord(bytes, start, to) ? Shape.WORD : Shape.NONE;
    } else if (at < to && !readExponent(bytes, at, to)) {
      return Shape.NONE;
    }
    boolean few =
        count <= Digits.MAX_UNSIGNED || count - zeros(bytes, start) <= Digits.MAX_UNSIGNED;
    return few && power >= Decimals.MIN_POWER && power <= Decimals.MAX_POWER
        ? Shape.SHORT
        : Shape.LONG;
  }

  /** Returns how many zeros stand before all other digits of a number that has other digits. */
  private int zeros(byte[] bytes, int from) {
    int zeros = 0;
    for (int at = from; at < bytes.length && (bytes[at] == '0' || bytes[at] == decimal); at++) {
      zeros += bytes[at] == '0' ? 1 : 0;
    }
    return zeros;
  }

  /** Adds an exponent to the power; {@code false} if there is none, or something behind it. */
  private boolean readExponent(byte[] bytes, int from, int to) {
    if (bytes[from] != 'e' && bytes[from] != 'E') {
      return false;
    }
    int at = from + 1;
    boolean minus = at < to && bytes[at] == '-';
    if (minus || (at < to && bytes[at] == '+')) {
      at++;
    }
    int exponent = 0;
    for (int i = at; i < to; i++) {
      int digit = bytes[i] - '0';
      if (digit < 0 || digit > 9) {
        return false;
      }
      // A larger one makes no difference: the number is none of the short ones anyway.
      exponent = Math.min(exponent * 10 + digit, MAX_EXPONENT);
    }
    power += minus ? -exponent : exponent;
    return at < to;
  }

  private static boolean isWord(byte[] bytes, int from, int to) {
    return Ascii.equalsIgnoreCase(bytes, from, to, "nan")
        || Ascii.equalsIgnoreCase(bytes, from, to, "inf")
        || Ascii.equalsIgnoreCase(bytes, from, to, "infinity");
  }

  /** Returns what a word means, of which the last letter tells. */
  private double word(byte lastLetter) {
    boolean nan = lastLetter == 'n' || lastLetter == 'N';
    return nan ? Double.NaN : negative ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
  }
}
