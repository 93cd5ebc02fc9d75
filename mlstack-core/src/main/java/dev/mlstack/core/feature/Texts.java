package dev.mlstack.core.feature;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The texts of truth values and of whole numbers. Those of numbers that were seen in training are
 * kept, so that reading them allocates nothing: a hash table with linear probing, at most half
 * full. Immutable.
 */
final class Texts {

  private final long[] numbers;
  private final @Nullable String[] texts;

  private Texts(int capacity) {
    numbers = new long[capacity];
    texts = new String[capacity];
  }

  /** Returns the texts of whole numbers of a chain, with those that its last step knows kept. */
  static Texts of(Chain chain) {
    List<String> known =
        chain.encoding().filter(OneHot.class::isInstance).map(OneHot.class::cast).stream()
            .flatMap(oneHot -> oneHot.categories().stream())
            .filter(Texts::isWhole)
            .toList();
    Texts texts = new Texts(Integer.highestOneBit(2 * known.size() + 1) * 2);
    known.forEach(text -> texts.put(Long.parseLong(text), text));
    return texts;
  }

  /** Tells whether a text is what {@link Long#toString} returns for some number. */
  private static boolean isWhole(String text) {
    try {
      return Long.toString(Long.parseLong(text)).equals(text);
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private void put(long number, String text) {
    int place = place(number);
    numbers[place] = number;
    texts[place] = text;
  }

  /** Returns where a number is, or where it would be. */
  private int place(long number) {
    int mask = numbers.length - 1;
    int place = Long.hashCode(number * 0x9E3779B97F4A7C15L) & mask;
    while (texts[place] != null && numbers[place] != number) {
      place = (place + 1) & mask;
    }
    return place;
  }

  /** Returns a whole number in decimal digits. */
  String of(long number) {
    String known = texts[place(number)];
    return known == null ? Long.toString(number) : known;
  }

  /** Returns a truth value, 0 or 1, as a text. */
  static String ofFlag(long flag) {
    return flag == 0 ? "false" : "true";
  }
}
