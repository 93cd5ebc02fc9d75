package dev.mlstack.run;

import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The identity of a run.
 *
 * @param value 32 lower-case hexadecimal digits
 */
public record RunId(String value) implements Comparable<RunId> {

  private static final Pattern FORM = Pattern.compile("[0-9a-f]{32}");

  /** Checks the form. */
  public RunId {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "the id of a run is 32 lower-case hexadecimal digits but was '" + value + "'");
    }
  }

  /** Returns an identity that no other run has. */
  public static RunId random() {
    return new RunId(UUID.randomUUID().toString().replace("-", ""));
  }

  @Override
  public int compareTo(RunId other) {
    return value.compareTo(other.value);
  }

  /** Returns the digits. */
  @Override
  public String toString() {
    return value;
  }
}
