package dev.mlstack.data.testing;

import java.util.concurrent.ThreadLocalRandom;

/** Seeds of tests that draw at random; {@code -Dmlstack.seed=} repeats one. */
public final class Seeds {

  private Seeds() {}

  /** Returns the given seed, or a new one. */
  public static long next() {
    Long given = Long.getLong("mlstack.seed");
    return given == null ? ThreadLocalRandom.current().nextLong() : given;
  }

  /** Returns how often to repeat something: by default, or if all is to be tried. */
  public static int rounds(int byDefault, int exhaustive) {
    return Boolean.getBoolean("mlstack.exhaustive") ? exhaustive : byDefault;
  }
}
