package dev.mlstack.store;

import java.util.regex.Pattern;

/**
 * The name of a ref: segments joined by slashes, such as {@code models/credit/champion}.
 *
 * <p>A segment has 1 to 100 characters: lower-case letters, digits, dots, hyphens and underscores,
 * a letter or a digit first. So a name means the same on every file system and in every address.
 *
 * @param path the segments joined by slashes, at most 500 characters
 */
public record RefName(String path) implements Comparable<RefName> {

  private static final int MAX_LENGTH = 500;
  private static final Pattern SEGMENT = Pattern.compile("[a-z0-9][a-z0-9._-]{0,99}");

  /** Checks every segment. */
  public RefName {
    if (path.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "a ref name has at most " + MAX_LENGTH + " characters but had " + path.length());
    }
    for (String segment : path.split("/", /* limit= */ -1)) {
      requireSegment(segment);
    }
  }

  /** Returns the name with the given segments. */
  public static RefName of(String first, String... more) {
    RefName name = new RefName(requireSegment(first));
    for (String segment : more) {
      name = name.child(segment);
    }
    return name;
  }

  /** Returns this name with one more segment. */
  public RefName child(String segment) {
    return new RefName(path + "/" + requireSegment(segment));
  }

  /** Returns the last segment. */
  public String last() {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** Tells whether this name is {@code prefix} with one or more segments behind it. */
  public boolean isBelow(RefName prefix) {
    return path.startsWith(prefix.path + "/");
  }

  private static String requireSegment(String segment) {
    if (!SEGMENT.matcher(segment).matches()) {
      throw new IllegalArgumentException(
          "a name is 1 to 100 lower-case letters, digits, '.', '-' and '_', a letter or digit"
              + " first, but was '"
              + segment
              + "'");
    }
    return segment;
  }

  @Override
  public int compareTo(RefName other) {
    return path.compareTo(other.path);
  }

  /** Returns the path. */
  @Override
  public String toString() {
    return path;
  }
}
