package dev.mlstack.core.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What to say when a column is not there. */
public final class ColumnNames {

  private static final int MOST_LISTED = 30;

  private ColumnNames() {}

  /**
   * Returns the rest of a sentence that begins with {@code there is no column}: the columns that
   * were not found, each with the one that may have been meant, and those that there are.
   *
   * @param wanted the names that were not found, at least one
   * @param there the names of all columns
   */
  public static String missing(Collection<String> wanted, Collection<String> there) {
    return wanted.stream()
            .map(name -> "'" + name + "'" + meant(name, there))
            .collect(Collectors.joining(", "))
        + " among the columns "
        + listed(there);
  }

  private static String meant(String wanted, Collection<String> there) {
    return nearest(wanted, there).map(name -> " (did you mean '" + name + "'?)").orElse("");
  }

  private static String listed(Collection<String> names) {
    List<String> listed = new ArrayList<>(names);
    if (listed.size() <= MOST_LISTED) {
      return listed.toString();
    }
    int more = listed.size() - MOST_LISTED;
    return listed.subList(0, MOST_LISTED) + " and " + more + " more";
  }

  /**
   * Returns the name that is most like another: at most every third letter must be changed, where
   * case, spaces and punctuation do not count.
   */
  static Optional<String> nearest(String wanted, Collection<String> names) {
    String letters = letters(wanted);
    return names.stream()
        .filter(name -> distance(letters, letters(name)) <= Math.max(1, letters.length() / 3))
        .min(
            Comparator.<String>comparingInt(name -> distance(letters, letters(name)))
                .thenComparing(Comparator.naturalOrder()));
  }

  private static String letters(String name) {
    StringBuilder letters = new StringBuilder();
    name.toLowerCase(Locale.ROOT)
        .codePoints()
        .filter(Character::isLetterOrDigit)
        .forEach(letters::appendCodePoint);
    return letters.toString();
  }

  /** Returns how many letters must be put in, taken out or replaced (V. Levenshtein, 1965). */
  private static int distance(String a, String b) {
    int[] before = new int[b.length() + 1];
    Arrays.setAll(before, j -> j);
    for (int i = 1; i <= a.length(); i++) {
      int[] now = new int[b.length() + 1];
      now[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = before[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        now[j] = Math.min(replaced, 1 + Math.min(before[j], now[j - 1]));
      }
      before = now;
    }
    return before[b.length()];
  }
}
