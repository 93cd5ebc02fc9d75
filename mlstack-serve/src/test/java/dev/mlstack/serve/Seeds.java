package dev.mlstack.serve;

/** Seeds of tests that repeat something at random. */
public final class Seeds {

  private Seeds() {}

  /** Returns the seed of {@code -Dmlstack.seed=}, or a new one. Failures must name it. */
  public static long next() {
    return Long.getLong("mlstack.seed", System.nanoTime());
  }

  /** Returns how often to repeat: less by default, more with {@code -Dmlstack.exhaustive=true}. */
  public static int repetitions(int usual, int exhaustive) {
    return Boolean.getBoolean("mlstack.exhaustive") ? exhaustive : usual;
  }
}
