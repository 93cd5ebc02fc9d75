package dev.mlstack.train.linear;

/** Seeds for tests at random; {@code -Dmlstack.seed=} repeats one. */
final class Seeds {

  private Seeds() {}

  static long next() {
    return Long.getLong("mlstack.seed", System.nanoTime());
  }
}
