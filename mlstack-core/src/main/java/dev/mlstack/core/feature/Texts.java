package dev.mlstack.core.feature;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The texts of truth values and of whole numbers. Where they are for a step that knows some texts
 * and treats all others alike, those are kept, and one text stands for all others: so reading
 * allocates nothing. A hash table with linear probing, at most half full. Immutable.
 */
final class Texts {

  private final long[] numbers;
  private final @Nullable String[] texts;
  private final @Nullable String stranger;

  private Texts(int capacity, @Nullable String stranger) {
    this.numbers = new long[capacity];
    this.texts = new String[capacity];
    this.stranger = stranger;
  }

  /** Returns the texts of whole numbers for a step, or for whoever wants to see all of them. */
  static Texts of(@Nullable Lookup step) {
    return step == null ? of(List.of(), null) : of(step.known(), stranger(step.known()));
  }

  private static Texts of(List<String> known, @Nullable String stranger) {
    List<String> whole = known.stream().filter(Texts::isWhole).toList();
    Texts texts = new Texts(Integer.highestOneBit(2 * whole.size() + 1) * 2, stranger);
    whole.forEach(text -> texts.put(Long.parseLong(text), text));
    return texts;
  }

  /** Returns the step that is the first to see the texts of a chain, if it is a look-up. */
  static @Nullable Lookup lookup(Chain chain) {
    return chain.steps().stream()
        .filter(step -> !(step instanceof ImputeText))
        .findFirst()
        .filter(Lookup.class::isInstance)
        .map(Lookup.class::cast)
        .orElse(null);
  }

  /** Returns a text that is none of those that are known. */
  static String stranger(List<String> known) {
    Set<String> taken = new HashSet<>(known);
    String stranger = "?";
    while (taken.contains(stranger)) {
      stranger += "?";
    }
    return stranger;
  }

  /** Tells whether a text is what {@link Long#toString} returns for some number. */
  private static boolean isWhole(String text) {
    if (text.isEmpty() || text.charAt(0) > '9') {
      return false; // No exception for each text of letters.
    }
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

  /** Returns a whole number in decimal digits, or the text that stands for unknown ones. */
  String of(long number) {
    String known = texts[place(number)];
    if (known != null) {
      return known;
    }
    return stranger == null ? Long.toString(number) : stranger;
  }

  /** Returns a truth value, 0 or 1, as a text. */
  static String ofFlag(long flag) {
    return flag == 0 ? "false" : "true";
  }
}
