package dev.mlstack.core.feature;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The texts of crosses. Those that a step knows are kept by their parts, and one text stands for
 * all others, so that looking one up allocates nothing: a hash table with linear probing, at most
 * half full. Immutable.
 */
final class Crosses {

  private static final char SEPARATOR = '|';
  private static final char ESCAPE = '\\';

  private final String[][] parts;
  private final String[] crosses;
  private final String stranger;

  /**
   * Creates a table.
   *
   * @param width how many parts a cross has
   */
  Crosses(Lookup step, int width) {
    List<String> known = step.known();
    int capacity = Integer.highestOneBit(2 * known.size() + 1) * 2;
    this.parts = new String[capacity][];
    this.crosses = new String[capacity];
    this.stranger = Texts.stranger(known);
    for (String cross : known) {
      List<String> split = split(cross);
      if (split.size() == width) {
        put(cross, split.toArray(String[]::new));
      }
    }
  }

  private void put(String cross, String[] split) {
    int hash = 0;
    for (String part : split) {
      hash = hash(hash, part);
    }
    int place = place(hash);
    while (parts[place] != null) {
      place = (place + 1) & (parts.length - 1);
    }
    parts[place] = split;
    crosses[place] = cross;
  }

  /** Returns the hash of some parts and one more. */
  static int hash(int before, String part) {
    return (before + part.hashCode()) * 0x9E3779B1;
  }

  /** Returns the place at which the search for parts with a hash begins. */
  int place(int hash) {
    return (hash ^ hash >>> 15) & (parts.length - 1);
  }

  /** Returns the place that is looked at after another. */
  int next(int place) {
    return (place + 1) & (parts.length - 1);
  }

  /** Returns the parts at a place, or {@code null} at the end of a search. */
  String @Nullable [] parts(int place) {
    return parts[place];
  }

  /** Returns the cross at a place. */
  String cross(int place) {
    return crosses[place];
  }

  /** Returns the text that stands for all crosses that are not known. */
  String stranger() {
    return stranger;
  }

  /** Returns the cross of some parts; {@code null} if one is missing. */
  static @Nullable String join(@Nullable String... parts) {
    StringBuilder cross = new StringBuilder();
    for (String part : parts) {
      if (part == null) {
        return null;
      }
      append(Objects.requireNonNull(part), cross);
      cross.append(SEPARATOR);
    }
    cross.setLength(cross.length() - 1);
    return cross.toString();
  }

  private static void append(String part, StringBuilder cross) {
    for (int i = 0; i < part.length(); i++) {
      char c = part.charAt(i);
      if (c == SEPARATOR || c == ESCAPE) {
        cross.append(ESCAPE);
      }
      cross.append(c);
    }
  }

  /** Returns the parts of a cross. */
  static List<String> split(String cross) {
    List<String> parts = new ArrayList<>();
    StringBuilder part = new StringBuilder();
    for (int i = 0; i < cross.length(); i++) {
      char c = cross.charAt(i);
      if (c == SEPARATOR) {
        parts.add(part.toString());
        part.setLength(0);
      } else {
        part.append(c == ESCAPE && i + 1 < cross.length() ? cross.charAt(++i) : c);
      }
    }
    parts.add(part.toString());
    return parts;
  }
}
