package dev.mlstack.data.internal;

/** Looks at bytes as characters of ASCII. */
public final class Ascii {

  private Ascii() {}

  /**
   * Tells whether bytes are a word, in upper or lower case.
   *
   * @param word in lower case
   */
  public static boolean equalsIgnoreCase(byte[] bytes, int from, int to, String word) {
    if (to - from != word.length()) {
      return false;
    }
    for (int i = 0; i < word.length(); i++) {
      int c = bytes[from + i];
      int lower = c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c;
      if (lower != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** Tells whether a byte is a blank or a tab. */
  public static boolean isBlank(byte b) {
    return b == ' ' || b == '\t';
  }

  /** Returns the index of the first byte from {@code from} that is no blank. */
  public static int skipBlanks(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && isBlank(bytes[at])) {
      at++;
    }
    return at;
  }

  /** Returns the index behind the last byte before {@code to} that is no blank. */
  public static int trimEnd(byte[] bytes, int from, int to) {
    int end = to;
    while (end > from && isBlank(bytes[end - 1])) {
      end--;
    }
    return end;
  }
}
