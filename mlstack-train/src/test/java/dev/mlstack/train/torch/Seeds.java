package dev.mlstack.train.torch;

/** Seeds of tests that draw at random: another one each time, or {@code -Dmlstack.seed}. */
final class Seeds {

  private Seeds() {}

  static long next() {
    return Long.getLong("mlstack.seed", System.nanoTime());
  }
}
