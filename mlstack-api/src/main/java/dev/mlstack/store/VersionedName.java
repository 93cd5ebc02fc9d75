package dev.mlstack.store;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a format or of an operation together with the version of its bytes or of its
 * arithmetic, written {@code name/version}: {@code snapshot/1}, {@code logistic/1}.
 *
 * <p>The version changes when the same input would give other bits; it has nothing to do with the
 * version of a jar.
 *
 * @param name lower-case letters, digits and hyphens, a letter first
 * @param version from 1 to {@link #MAX_VERSION}
 */
public record VersionedName(String name, int version) implements Comparable<VersionedName> {

  /** The greatest version: 999,999,999. */
  public static final int MAX_VERSION = 999_999_999;

  private static final Pattern TEXT = Pattern.compile("([a-z][a-z0-9-]*)/([1-9][0-9]{0,8})");
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]*");

  /** Checks the name and the version. */
  public VersionedName {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "name must be lower-case letters, digits and hyphens but was '" + name + "'");
    }
    if (version < 1) {
      throw new IllegalArgumentException("version must be at least 1 but was " + version);
    }
    if (version > MAX_VERSION) {
      throw new IllegalArgumentException(
          "version must be at most " + MAX_VERSION + " but was " + version);
    }
  }

  /**
   * Returns the versioned name written as {@code name/version}.
   *
   * @throws IllegalArgumentException if {@code text} is not of that form
   */
  public static VersionedName parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "a versioned name is written name/version, such as snapshot/1, but was '" + text + "'");
    }
    return new VersionedName(matcher.group(1), Integer.parseInt(matcher.group(2)));
  }

  @Override
  public int compareTo(VersionedName other) {
    int order = name.compareTo(other.name);
    return order == 0 ? Integer.compare(version, other.version) : order;
  }

  /** Returns {@code name/version}. */
  @Override
  public String toString() {
    return name + "/" + version;
  }
}
