package dev.mlstack.testkit;

import java.util.concurrent.ThreadLocalRandom;

/** Seeds for tests that try something at random. */
final class Seeds {

  private Seeds() {}

  /** Returns the seed given by {@code -Dmlstack.seed=}, or another one each time. */
  static long next() {
    Long given = Long.getLong("mlstack.seed");
    return given == null ? ThreadLocalRandom.current().nextLong() : given;
  }
}
