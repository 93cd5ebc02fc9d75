package dev.mlstack.data.transform;

/** Checks the fractions of quantiles. */
final class Fractions {

  private Fractions() {}

  static void requirePair(double low, double high) {
    if (!(low >= 0 && low < high && high <= 1)) {
      throw new IllegalArgumentException(
          "low and high must be from 0 to 1, low below high, but were " + low + " and " + high);
    }
  }
}
