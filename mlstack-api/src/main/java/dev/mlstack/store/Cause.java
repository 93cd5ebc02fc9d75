package dev.mlstack.store;

/**
 * Who moves something, and why.
 *
 * @param by a person or a program, such as {@code ada} or {@code nightly-training}; not blank
 * @param why the reason in plain words; may be empty
 */
public record Cause(String by, String why) {

  /** Checks that there is somebody. */
  public Cause {
    requireSomebody(by);
  }

  static void requireSomebody(String by) {
    if (by.isBlank()) {
      throw new IllegalArgumentException("by must name a person or a program but was blank");
    }
  }
}
