package dev.mlstack.testkit;

import java.util.concurrent.ThreadLocalRandom;

/** Seeds for tests that try something at random. */
public final class Seeds {

  private Seeds() {}

  /**
   * Returns the seed given by {@code -Dmlstack.seed=}, or another one each time. A test that fails
   * must name it.
   */
  public static long next() {
    Long given = Long.getLong("mlstack.seed");
    return given == null ? ThreadLocalRandom.current().nextLong() : given;
  }

  /**
   * Returns how often to repeat something.
   *
   * @param usual how often by default
   * @param exhaustive how often with {@code -Dmlstack.exhaustive=true}
   */
  public static int repetitions(int usual, int exhaustive) {
    return Boolean.getBoolean("mlstack.exhaustive") ? exhaustive : usual;
  }
}
