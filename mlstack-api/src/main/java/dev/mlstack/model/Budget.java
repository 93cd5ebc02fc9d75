package dev.mlstack.model;

import java.time.Duration;

/**
 * How far a training may advance: it stops at whichever limit comes first.
 *
 * @param units at most so many units; 1 or more
 * @param time no new unit is begun after this time; positive
 */
public record Budget(long units, Duration time) {

  private static final Duration FOREVER = Duration.ofSeconds(Long.MAX_VALUE);

  /** Checks the limits. */
  public Budget {
    if (units < 1) {
      throw new IllegalArgumentException("units must be at least 1 but was " + units);
    }
    if (time.isZero() || time.isNegative()) {
      throw new IllegalArgumentException("time must be positive but was " + time);
    }
  }

  /** Returns a budget of some units, however long they take. */
  public static Budget units(long units) {
    return new Budget(units, FOREVER);
  }

  /** Returns a budget of some time, however many units fit into it; at least one. */
  public static Budget time(Duration time) {
    return new Budget(Long.MAX_VALUE, time);
  }

  /** Returns the budget that never ends a training. */
  public static Budget unlimited() {
    return new Budget(Long.MAX_VALUE, FOREVER);
  }
}
