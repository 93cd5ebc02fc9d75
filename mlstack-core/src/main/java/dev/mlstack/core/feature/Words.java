package dev.mlstack.core.feature;

/**
 * What counts as a letter in texts, and which letters are equal. It does not ask the JDK about
 * characters that may come to Unicode later, so a text has the same words on every version of Java.
 *
 * <p>Characters of words are the letters and digits of ASCII and the underscore, and all characters
 * from U+00AA on but those of the blocks of spaces, punctuation and symbols: U+00AB to U+00B4,
 * U+00B6 to U+00B9, U+00BB to U+00BF, the signs of multiplication and division, U+2000 to U+2BFF,
 * U+3000 to U+3004, U+3008 to U+3020, U+3030, U+FE10 to U+FE6F, U+FF00 to U+FF0F, U+FF1A to U+FF20,
 * U+FF3B to U+FF40, U+FF5B to U+FF65, and from U+FFE0 on. Emoji and other characters beyond 16 bits
 * are of words.
 *
 * <p>Letters of scripts with two cases are taken as small ones: Latin, Greek, Cyrillic and
 * Armenian, that is up to U+0587 and from U+1E00 to U+1FFF, blocks that are complete.
 */
final class Words {

  private Words() {}

  /** Tells whether a UTF-16 unit is part of a word. */
  static boolean isInWord(char c) {
    if (c < 0x80) {
      return isBetween(c, 'a', 'z') || isBetween(c, 'A', 'Z') || isBetween(c, '0', '9') || c == '_';
    } else if (c < 0x100) {
      return (c >= 0xC0 && c != 0xD7 && c != 0xF7) || c == 0xAA || c == 0xB5 || c == 0xBA;
    } else if (c < 0x3031) {
      return c < 0x2000
          || isBetween(c, 0x2C00, 0x2FFF)
          || isBetween(c, 0x3005, 0x3007)
          || isBetween(c, 0x3021, 0x302F);
    }
    return c < 0xFE10
        || isBetween(c, 0xFE70, 0xFEFF)
        || isBetween(c, 0xFF10, 0xFF19)
        || isBetween(c, 0xFF21, 0xFF3A)
        || isBetween(c, 0xFF41, 0xFF5A)
        || isBetween(c, 0xFF66, 0xFFDF);
  }

  private static boolean isBetween(char c, int first, int last) {
    return c >= first && c <= last;
  }

  /** Returns the small letter of a letter, and any other character as it is. */
  static char small(char c) {
    if (c < 0x80) {
      return c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c;
    }
    return c < 0x0588 || isBetween(c, 0x1E00, 0x1FFF) ? (char) Character.toLowerCase((int) c) : c;
  }
}
