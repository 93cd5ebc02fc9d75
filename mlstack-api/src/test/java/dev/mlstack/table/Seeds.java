package dev.mlstack.table;

import java.util.concurrent.ThreadLocalRandom;

/** Seeds of tests that draw at random; {@code -Dmlstack.seed=} repeats one. */
final class Seeds {

  private Seeds() {}

  static long next() {
    Long given = Long.getLong("mlstack.seed");
    return given == null ? ThreadLocalRandom.current().nextLong() : given;
  }
}
