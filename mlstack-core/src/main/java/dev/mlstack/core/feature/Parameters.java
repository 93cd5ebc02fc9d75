package dev.mlstack.core.feature;

import dev.mlstack.feature.Slot;

/** Checks of what steps are told. */
final class Parameters {

  private Parameters() {}

  static void requireFinite(String name, double number) {
    if (!Double.isFinite(number)) {
      throw new IllegalArgumentException(name + " must be finite but was " + number);
    }
  }

  /** Copies numbers, and checks that all are finite and that there are as many as there must be. */
  static double[] requireFinite(String name, double[] numbers, int count) {
    if (numbers.length != count) {
      throw new IllegalArgumentException(
          name + " must be " + count + " numbers but were " + numbers.length);
    }
    for (double number : numbers) {
      requireFinite(name, number);
    }
    return numbers.clone();
  }

  /** Checks a number of buckets. */
  static int requireBuckets(long buckets) {
    if (buckets < 1 || buckets >= Slot.MAX_CARDINALITY) {
      throw new IllegalArgumentException(
          "buckets must be from 1 to " + (Slot.MAX_CARDINALITY - 1) + " but was " + buckets);
    }
    return (int) buckets;
  }
}
