package dev.mlstack.core.feature;

/** Points in time as microseconds since 1970-01-01T00:00, as the readings of chains give them. */
final class Moments {

  static final double MICROS_PER_DAY = 86_400_000_000.0;

  private Moments() {}
}
