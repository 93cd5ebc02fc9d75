package dev.mlstack.core.report;

/** Texts that fit where there is little room. */
final class ShortText {

  private static final String GAP = "…";

  /** From here on characters are about twice as wide as letters are: Hangul, Kana, Han, emoji. */
  private static final int FIRST_WIDE = 0x1100;

  private ShortText() {}

  /**
   * Returns a text that is not wider than some letters. Where it is too long its middle is left
   * out, because names that begin alike differ at their end.
   *
   * @param letters how many letters there is room for, at least 3
   */
  static String of(String text, int letters) {
    int[] points = text.codePoints().toArray();
    if (width(points, 0, points.length) <= letters) {
      return text;
    }
    int head = 0;
    while (width(points, 0, head + 1) <= letters / 2) {
      head++;
    }
    int tail = points.length;
    while (width(points, 0, head) + 1 + width(points, tail - 1, points.length) <= letters) {
      tail--;
    }
    return new String(points, 0, head) + GAP + new String(points, tail, points.length - tail);
  }

  private static int width(int[] points, int from, int to) {
    int width = 0;
    for (int i = from; i < to; i++) {
      width += points[i] >= FIRST_WIDE ? 2 : 1;
    }
    return width;
  }
}
