package dev.mlstack.data.internal;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Compares the names of columns. */
public final class Names {

  private Names() {}

  /**
   * Returns the index of a name: the exact one, or else the only one that differs in nothing but
   * case, blanks, hyphens and underscores; -1 if there is none or more than one.
   */
  public static int find(List<String> names, String name) {
    int exact = names.indexOf(name);
    if (exact >= 0) {
      return exact;
    }
    int found = -1;
    for (int i = 0; i < names.size(); i++) {
      if (Spellings.key(names.get(i)).equals(Spellings.key(name))) {
        if (found >= 0) {
          return -1;
        }
        found = i;
      }
    }
    return found;
  }

  /**
   * Returns the name that takes the fewest changes to become another, unless it takes most of it.
   */
  public static Optional<String> nearest(List<String> names, String name) {
    String wanted = name.toLowerCase(Locale.ROOT);
    return names.stream()
        .min(Comparator.comparingInt(n -> distance(n.toLowerCase(Locale.ROOT), wanted)))
        .filter(n -> 2 * distance(n.toLowerCase(Locale.ROOT), wanted) <= name.length());
  }

  /**
   * Returns how many characters must be inserted, deleted or replaced to make one text the other
   * (V. Levenshtein, "Binary codes capable of correcting deletions, insertions, and reversals",
   * 1966).
   */
  public static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
