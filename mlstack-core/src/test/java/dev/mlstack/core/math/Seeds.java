package dev.mlstack.core.math;

import java.util.concurrent.ThreadLocalRandom;

/** Seeds of randomised tests: a new one each time, or that of {@code -Dmlstack.seed}. */
public final class Seeds {

  private Seeds() {}

  /** Returns a seed, which a failing test must name. */
  public static long next() {
    Long given = Long.getLong("mlstack.seed");
    return given == null ? ThreadLocalRandom.current().nextLong() : given;
  }

  /** Returns {@code often} if tests are to be exhaustive, otherwise {@code seldom}. */
  public static int repetitions(int seldom, int often) {
    return Boolean.getBoolean("mlstack.exhaustive") ? often : seldom;
  }
}
