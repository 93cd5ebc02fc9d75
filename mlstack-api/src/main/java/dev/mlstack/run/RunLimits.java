package dev.mlstack.run;

import dev.mlstack.store.Value;
import java.util.regex.Pattern;

/**
 * What the names and values of a run may be. Every tracker holds to it, so that what one accepts no
 * other refuses.
 */
public final class RunLimits {

  /** How many characters a name has at most: 250. */
  public static final int MAX_NAME_LENGTH = 250;

  /** How many characters a tag has at most, and a parameter as canonical JSON: 65,536. */
  public static final int MAX_VALUE_LENGTH = 65_536;

  /** How many characters all parameters and tags of a run have at most together: 8,388,608. */
  public static final int MAX_TOTAL_LENGTH = 8 << 20;

  private static final Pattern ROLE = Pattern.compile("[a-z0-9][a-z0-9._-]{0,99}");

  private RunLimits() {}

  /**
   * Checks a name: of an experiment, a run, a parameter, a metric or a tag.
   *
   * @param what what is named, for the message
   * @param name 1 to {@link #MAX_NAME_LENGTH} characters of well-formed UTF-16, not blank and
   *     without control characters
   * @return the name
   * @throws IllegalArgumentException if it is anything else
   */
  public static String requireName(String what, String name) {
    if (name.isBlank()) {
      throw new IllegalArgumentException(what + " must not be blank but was '" + name + "'");
    }
    requireLength(what, name, MAX_NAME_LENGTH);
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (Character.isISOControl(c)) {
        throw new IllegalArgumentException(
            what + " must not have control characters but has " + (int) c + " at index " + i);
      }
      i = requireWhole(what, name, i);
    }
    return name;
  }

  /**
   * Checks the value of a tag.
   *
   * @param what what has the value, for the message
   * @param text at most {@link #MAX_VALUE_LENGTH} characters of well-formed UTF-16; may be empty
   * @return the text
   * @throws IllegalArgumentException if it is anything else
   */
  public static String requireText(String what, String text) {
    requireLength(what, text, MAX_VALUE_LENGTH);
    for (int i = 0; i < text.length(); i++) {
      i = requireWhole(what, text, i);
    }
    return text;
  }

  /**
   * Checks the value of a parameter.
   *
   * @param name the parameter, for the message
   * @param value has at most {@link #MAX_VALUE_LENGTH} characters as canonical JSON
   * @return the canonical JSON
   * @throws IllegalArgumentException if it has more
   */
  public static String requireParam(String name, Value value) {
    String json = value.canonicalJson();
    requireLength("parameter '" + name + "' as JSON", json, MAX_VALUE_LENGTH);
    return json;
  }

  /**
   * Checks the role of an input or an output.
   *
   * @param role 1 to 100 lower-case letters, digits, dots, hyphens and underscores, a letter or a
   *     digit first
   * @return the role
   * @throws IllegalArgumentException if it is anything else
   */
  public static String requireRole(String role) {
    if (!ROLE.matcher(role).matches()) {
      throw new IllegalArgumentException(
          "role must be 1 to 100 lower-case letters, digits, '.', '-' and '_', a letter or digit"
              + " first, but was '"
              + role
              + "'");
    }
    return role;
  }

  private static void requireLength(String what, String text, int max) {
    if (text.length() > max) {
      throw new IllegalArgumentException(
          what + " must have at most " + max + " characters but had " + text.length());
    }
  }

  /** Returns the index of the last unit of the character that begins at {@code index}. */
  private static int requireWhole(String what, String text, int index) {
    char c = text.charAt(index);
    if (!Character.isSurrogate(c)) {
      return index;
    }
    boolean pair =
        Character.isHighSurrogate(c)
            && index + 1 < text.length()
            && Character.isLowSurrogate(text.charAt(index + 1));
    if (!pair) {
      throw new IllegalArgumentException(
          what + " must be well-formed UTF-16 but has half a surrogate pair at index " + index);
    }
    return index + 1;
  }
}
