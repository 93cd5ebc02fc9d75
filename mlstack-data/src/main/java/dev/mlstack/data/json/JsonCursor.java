package dev.mlstack.data.json;

import dev.mlstack.data.internal.Numbers;
import dev.mlstack.data.internal.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Walks over the JSON (RFC 8259) of one line, byte by byte. Beyond the standard it knows the
 * numbers {@code NaN}, {@code Infinity} and {@code -Infinity}, which many programs write.
 *
 * <p>What was read last is kept in fields, so that nothing is allocated. For use by one thread at a
 * time.
 */
final class JsonCursor {

  /** How deep objects and arrays may stand in each other. */
  static final int MAX_DEPTH = 64;

  private static final int MAX_EXACT_DIGITS = 18;
  private byte[] line = {};
  private int lineStart;
  private int end;
  private int at;
  private int depth;

  private byte[] text = {};
  private int textFrom;
  private int textTo;
  private byte[] unescaped = new byte[256];

  private final Numbers numbers = new Numbers('.');
  private int numberFrom;
  private boolean isWord;
  private boolean isWhole;
  private boolean fits;
  private long whole;
  private double real;

  /** Goes to the start of a line. */
  void start(byte[] bytes, int from, int to) {
    line = bytes;
    lineStart = from;
    at = from;
    end = to;
    depth = 0;
  }

  byte[] line() {
    return line;
  }

  /** Returns the index of the byte where the cursor stands. */
  int position() {
    return at;
  }

  /** Goes over blanks; returns the byte that stands there then, without going over it. */
  int peek() throws JsonFault {
    while (at < end) {
      byte b = line[at];
      if (b > ' ') {
        return b;
      } else if (b != ' ' && b != '\t' && b != '\r') {
        return b;
      }
      at++;
    }
    throw fault("it ends too early");
  }

  /** Goes over one byte, which {@link #peek} returned. */
  void skip() {
    at++;
  }

  void expect(char c) throws JsonFault {
    if (peek() != c) {
      throw fault("there should be a " + c);
    }
    at++;
  }

  /** Checks that nothing but blanks stands behind. */
  void requireEnd() throws JsonFault {
    while (at < end) {
      byte b = line[at];
      if (b != ' ' && b != '\t' && b != '\r') {
        throw fault("something stands behind the object");
      }
      at++;
    }
  }

  /** Enters an object or array, whose first byte {@link #peek} returned. */
  void enter() throws JsonFault {
    if (++depth > MAX_DEPTH) {
      throw fault("it is nested more than " + MAX_DEPTH + " deep");
    }
    at++;
  }

  /**
   * Tells whether there is another member or item in what was entered, behind a comma unless it is
   * the first; leaves it if not.
   */
  boolean more(boolean first, char close) throws JsonFault {
    int c = peek();
    if (c == close) {
      at++;
      depth--;
      return false;
    } else if (!first) {
      if (c != ',') {
        throw fault("there should be a comma or a " + close);
      }
      at++;
      if (peek() == close) {
        throw fault("a comma stands before a " + close);
      }
    }
    return true;
  }

  JsonFault fault(String what) {
    return new JsonFault("not JSON: " + what + ", at byte " + (at - lineStart) + " of the line");
  }

  byte[] text() {
    return text;
  }

  int textFrom() {
    return textFrom;
  }

  int textTo() {
    return textTo;
  }

  /** Returns the text that was read last. */
  String textString() {
    return new String(text, textFrom, textTo - textFrom, StandardCharsets.UTF_8);
  }

  /** Reads a string, before whose quote the cursor stands; see {@link #text()}. */
  void readString() throws JsonFault {
    int from = ++at;
    boolean ascii = true;
    while (at < end) {
      byte b = line[at];
      if (b == '"') {
        requireWellFormed(ascii, from, at);
        text = line;
        textFrom = from;
        textTo = at++;
        return;
      } else if (b == '\\') {
        requireWellFormed(ascii, from, at);
        unescape(from);
        return;
      } else if (b < ' ') {
        if (b >= 0) {
          throw fault("a control character stands in a string");
        }
        ascii = false;
      }
      at++;
    }
    throw fault("a string does not end");
  }

  private void requireWellFormed(boolean ascii, int from, int to) throws JsonFault {
    if (!ascii && !Utf8.isWellFormed(line, from, to)) {
      throw new JsonFault("a string is not well-formed UTF-8");
    }
  }

  /** Reads the rest of a string with escapes; the first stands where the cursor is. */
  private void unescape(int from) throws JsonFault {
    if (unescaped.length < end - from) {
      unescaped = Arrays.copyOf(unescaped, 2 * (end - from));
    }
    int length = at - from;
    System.arraycopy(line, from, unescaped, 0, length);
    int plain = at;
    while (at < end) {
      byte b = line[at];
      if (b == '"') {
        requireWellFormed(/* ascii= */ false, plain, at);
        text = unescaped;
        textFrom = 0;
        textTo = length;
        at++;
        return;
      } else if (b == '\\') {
        requireWellFormed(/* ascii= */ false, plain, at);
        length = escape(length);
        plain = at;
      } else if (b >= 0 && b < ' ') {
        throw fault("a control character stands in a string");
      } else {
        unescaped[length++] = b;
        at++;
      }
    }
    throw fault("a string does not end");
  }

  /** Reads one escape and returns the length of the text with it. */
  private int escape(int length) throws JsonFault {
    int c = at + 1 < end ? line[at + 1] : 0;
    int simple = "\"\\/bfnrt".indexOf(c);
    if (simple >= 0) {
      unescaped[length] = (byte) "\"\\/\b\f\n\r\t".charAt(simple);
      at += 2;
      return length + 1;
    } else if (c != 'u') {
      throw fault("an escape is unknown");
    }
    int point = hex4(at + 2);
    at += 6;
    if (point >= 0xD800 && point <= 0xDFFF) {
      boolean pair = point < 0xDC00 && at + 1 < end && line[at] == '\\' && line[at + 1] == 'u';
      int low = pair ? hex4(at + 2) : 0;
      if (low < 0xDC00 || low > 0xDFFF) {
        throw fault("half a surrogate pair stands alone");
      }
      point = Character.toCodePoint((char) point, (char) low);
      at += 6;
    }
    return put(point, length);
  }

  private int hex4(int from) throws JsonFault {
    int value = 0;
    for (int i = from; i < from + 4; i++) {
      int digit = i < end ? Character.digit(line[i], 16) : -1;
      if (digit < 0) {
        throw fault("an escape has no four hexadecimal digits");
      }
      value = 16 * value + digit;
    }
    return value;
  }

  /** Writes a character in UTF-8, which takes no more bytes than its escape. */
  private int put(int point, int length) {
    int to = length;
    if (point < 0x80) {
      unescaped[to++] = (byte) point;
      return to;
    } else if (point < 0x800) {
      unescaped[to++] = (byte) (0xC0 | point >> 6);
    } else {
      if (point < 0x10000) {
        unescaped[to++] = (byte) (0xE0 | point >> 12);
      } else {
        unescaped[to++] = (byte) (0xF0 | point >> 18);
        unescaped[to++] = (byte) (0x80 | (point >> 12 & 0x3F));
      }
      unescaped[to++] = (byte) (0x80 | (point >> 6 & 0x3F));
    }
    unescaped[to++] = (byte) (0x80 | (point & 0x3F));
    return to;
  }

  /** Tells whether the number that was read last is whole: without point and exponent. */
  boolean isWhole() {
    return isWhole;
  }

  /** Tells whether the whole number that was read last fits into 64 bits. */
  boolean fits() {
    return fits;
  }

  /** Returns the whole number that was read last. */
  long whole() {
    return whole;
  }

  /** Returns the number that was read last, as the nearest double. */
  double real() {
    if (!isWord) {
      numbers.readReal(line, numberFrom, at);
      real = numbers.real();
    }
    return real;
  }

  /** Reads a number, before which the cursor stands; {@link #real()} is asked for right after. */
  void readNumber() throws JsonFault {
    numberFrom = at;
    isWord = false;
    boolean minus = line[at] == '-';
    at += minus ? 1 : 0;
    if (at < end && (line[at] == 'I' || line[at] == 'N')) {
      word(minus);
      return;
    }
    int first = at;
    long digits = digits();
    int count = at - first;
    if (count == 0 || (count > 1 && line[first] == '0')) {
      throw fault("there is no value");
    }
    isWhole = true;
    if (at < end && line[at] == '.') {
      isWhole = false;
      at++;
      requireDigits();
    }
    exponent();
    boolean plain = count <= MAX_EXACT_DIGITS;
    whole = minus ? -digits : digits;
    fits = isWhole && (plain || wholeFits());
  }

  /** Reads digits; what does not fit is not used. */
  private long digits() {
    long digits = 0;
    while (at < end) {
      int digit = line[at] - '0';
      if (digit < 0 || digit > 9) {
        break;
      }
      digits = 10 * digits + digit;
      at++;
    }
    return digits;
  }

  private void requireDigits() throws JsonFault {
    int from = at;
    while (at < end && line[at] >= '0' && line[at] <= '9') {
      at++;
    }
    if (at == from) {
      throw fault("a number lacks digits");
    }
  }

  /** Reads an exponent, if there is one. */
  private void exponent() throws JsonFault {
    if (at >= end || (line[at] != 'e' && line[at] != 'E')) {
      return;
    }
    isWhole = false;
    at++;
    if (at < end && (line[at] == '-' || line[at] == '+')) {
      at++;
    }
    requireDigits();
  }

  private boolean wholeFits() {
    boolean ok = numbers.readWhole(line, numberFrom, at) == Numbers.Outcome.OK;
    whole = numbers.whole();
    return ok;
  }

  private void word(boolean minus) throws JsonFault {
    boolean nan = line[at] == 'N' && !minus;
    literal(nan ? "NaN" : "Infinity");
    isWord = true;
    isWhole = false;
    fits = false;
    real = nan ? Double.NaN : minus ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
  }

  /** Reads a word, before which the cursor stands. */
  void literal(String word) throws JsonFault {
    for (int i = 0; i < word.length(); i++) {
      if (at + i >= end || line[at + i] != word.charAt(i)) {
        throw fault("there is no value");
      }
    }
    at += word.length();
  }

  /** Goes over a value of any kind. */
  void skipValue() throws JsonFault {
    switch (peek()) {
      case '"' -> readString();
      case '{' -> {
        enter();
        for (boolean first = true; more(first, '}'); first = false) {
          readKey();
          skipValue();
        }
      }
      case '[' -> {
        enter();
        for (boolean first = true; more(first, ']'); first = false) {
          skipValue();
        }
      }
      case 't' -> literal("true");
      case 'f' -> literal("false");
      case 'n' -> literal("null");
      default -> readNumber();
    }
  }

  /** Reads a key and the colon behind it. */
  void readKey() throws JsonFault {
    if (peek() != '"') {
      throw fault("there should be a key in quotes");
    }
    readString();
    expect(':');
  }
}
