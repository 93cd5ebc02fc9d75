package dev.mlstack.store;

import java.util.regex.Pattern;

/**
 * A named link from an object to another.
 *
 * <p>An edge that <em>holds</em> keeps its target alive: as long as the object is reachable from a
 * ref, so is the target. An edge that only <em>names</em> remembers a digest: its target may have
 * been collected since, so that one model does not pin all data it was ever trained on.
 *
 * @param name what the target is to the object, such as {@code pipeline} or {@code input.train}:
 *     lower-case letters, digits, dots, hyphens and underscores; unique within the object
 * @param target the digest of the other object
 * @param holds whether the edge keeps its target alive
 */
public record Edge(String name, Digest target, boolean holds) {

  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]*");

  /** Checks the name. */
  public Edge {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "edge name must be lower-case letters, digits, '.', '-' and '_' but was '" + name + "'");
    }
  }

  /** Returns an edge that keeps {@code target} alive. */
  public static Edge holds(String name, Digest target) {
    return new Edge(name, target, true);
  }

  /** Returns an edge that remembers {@code target} without keeping it alive. */
  public static Edge names(String name, Digest target) {
    return new Edge(name, target, false);
  }
}
