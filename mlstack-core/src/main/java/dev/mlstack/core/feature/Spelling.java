package dev.mlstack.core.feature;

/**
 * Walks over a text as it is spelled for pieces: with small letters, each run of characters that
 * are not of words as one space, and a space before and after. Nothing is copied: a place is the
 * index of a character of a word, or, for a space, minus one minus the index from which the next
 * word is sought.
 */
final class Spelling {

  /** Behind the last place. */
  static final int END = Integer.MIN_VALUE;

  private Spelling() {}

  /** Returns the index of the first character of a word from {@code from} on, or {@link #END}. */
  static int word(String text, int from) {
    for (int i = from; i < text.length(); i++) {
      if (Words.isInWord(text.charAt(i))) {
        return i;
      }
    }
    return END;
  }

  /** Returns the index behind the word that has a character at {@code from}. */
  static int endOfWord(String text, int from) {
    int end = from;
    while (end < text.length() && Words.isInWord(text.charAt(end))) {
      end++;
    }
    return end;
  }

  /** Returns the first place, that of a space; {@link #END} if there is no word. */
  static int start(String text) {
    return word(text, 0) == END ? END : -1;
  }

  /** Returns the place of the next unit. */
  static int next(String text, int place) {
    if (place < 0) {
      return word(text, -(place + 1));
    }
    int next = place + 1;
    return next < text.length() && Words.isInWord(text.charAt(next)) ? next : -(next + 1);
  }

  /** Returns the place of the next character, which may be two units away. */
  static int nextCharacter(String text, int place) {
    int next = next(text, place);
    boolean pair =
        place >= 0
            && next >= 0
            && Character.isHighSurrogate(text.charAt(place))
            && Character.isLowSurrogate(text.charAt(next));
    return pair ? next(text, next) : next;
  }

  /** Returns the unit at a place. */
  static char unit(String text, int place) {
    return place < 0 ? ' ' : Words.small(text.charAt(place));
  }

  /** Tells whether a text is spelled like a piece from a place on. */
  static boolean startsWith(String text, int start, String piece) {
    int place = start;
    for (int i = 0; i < piece.length(); i++) {
      if (place == END || unit(text, place) != piece.charAt(i)) {
        return false;
      }
      place = next(text, place);
    }
    return true;
  }

  /** Returns the whole text as it is spelled; empty if there is no word. */
  static String of(String text) {
    StringBuilder spelled = new StringBuilder();
    for (int place = start(text); place != END; place = next(text, place)) {
      spelled.append(unit(text, place));
    }
    return spelled.toString();
  }
}
