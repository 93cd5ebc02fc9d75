package dev.mlstack.track.sqlite;

import java.util.List;

/**
 * The tables of a file, and how they came to be, version by version.
 *
 * @param applicationId marks the file as one of this kind; not 0
 * @param name what people call such a file, such as {@code tracker}
 * @param migrations for each version the statements that lead there from the one before; the first
 *     begin with an empty file. What has been released never changes
 */
public record Layout(int applicationId, String name, List<List<String>> migrations) {

  /** Copies the statements. */
  public Layout {
    migrations = migrations.stream().map(List::copyOf).toList();
  }

  /** Returns the version that all migrations lead to. */
  public int version() {
    return migrations.size();
  }
}
