package dev.mlstack.train.torch;

/** Checks arguments. */
final class Require {

  private Require() {}

  /** Returns a value that must be at least 1. */
  static int positive(String name, int value) {
    return atLeast(1, name, value);
  }

  /** Returns a value that must be at least {@code least}. */
  static int atLeast(int least, String name, int value) {
    if (value < least) {
      throw new IllegalArgumentException(name + " must be at least " + least + " but was " + value);
    }
    return value;
  }
}
