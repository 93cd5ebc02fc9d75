package dev.mlstack.data.rows;

/** Finds the value of a row in its text, whatever separates the values there. */
final class ValueInText {

  private ValueInText() {}

  /**
   * Replaces a value where it stands by itself rather than as a part of another. If it does so not
   * just once, nobody can tell which is meant, and the text stays as it is.
   */
  static String replace(String text, String value, String replacement) {
    int at = find(text, value, 0);
    boolean isOne = at >= 0 && find(text, value, at + 1) < 0;
    return isOne ? text.substring(0, at) + replacement + text.substring(at + value.length()) : text;
  }

  private static int find(String text, String value, int from) {
    int at = value.isEmpty() ? -1 : text.indexOf(value, from);
    while (at >= 0 && !(isEnd(text, at - 1) && isEnd(text, at + value.length()))) {
      at = text.indexOf(value, at + 1);
    }
    return at;
  }

  /** Tells whether no value goes on at an index, as it would with the other part of a number. */
  private static boolean isEnd(String text, int index) {
    if (index < 0 || index >= text.length()) {
      return true;
    }
    char c = text.charAt(index);
    return !Character.isLetterOrDigit(c) && "+-./_".indexOf(c) < 0;
  }
}
