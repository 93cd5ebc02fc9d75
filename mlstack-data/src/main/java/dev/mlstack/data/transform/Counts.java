package dev.mlstack.data.transform;

import dev.mlstack.feature.ValueBlock;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How often each value occurs.
 *
 * @param <T> the value
 */
final class Counts<T extends Comparable<T>> {

  private final Map<T, long[]> counts = new HashMap<>();
  private long missing;

  /** Counts the finite numbers; both zeros are the same. */
  static Counts<Double> ofNumbers(ValueBlock.Numbers block) {
    Counts<Double> counts = new Counts<>();
    for (int i = 0; i < block.size(); i++) {
      double value = block.values()[i];
      if (Math.abs(value) <= Double.MAX_VALUE) {
        counts.add(value + 0.0, 1);
      } else {
        counts.missing++;
      }
    }
    return counts;
  }

  /** Counts the texts. */
  static Counts<String> ofTexts(ValueBlock.Texts block) {
    Counts<String> counts = new Counts<>();
    for (int i = 0; i < block.size(); i++) {
      String value = block.values()[i];
      if (value == null) {
        counts.missing++;
      } else {
        counts.add(value, 1);
      }
    }
    return counts;
  }

  private void add(T value, long times) {
    long[] count = counts.get(value);
    if (count == null) {
      counts.put(value, new long[] {times});
    } else {
      count[0] += times;
    }
  }

  /** Adds the counts of another and returns this one. */
  Counts<T> merge(Counts<T> other) {
    other.counts.forEach((value, count) -> add(value, count[0]));
    missing += other.missing;
    return this;
  }

  /** Returns how many values occur. */
  int distinct() {
    return counts.size();
  }

  /** Tells whether a value was missing. */
  boolean anyMissing() {
    return missing > 0;
  }

  /**
   * Returns the most frequent values, of equally frequent ones the smallest, most frequent first.
   */
  List<T> mostFrequent(int atMost) {
    Comparator<Map.Entry<T, long[]>> byCount =
        Comparator.comparingLong(entry -> -entry.getValue()[0]);
    return counts.entrySet().stream()
        .sorted(byCount.thenComparing(Map.Entry.comparingByKey()))
        .limit(atMost)
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Returns the most frequent value, of equally frequent ones the smallest, if any occurs. */
  Optional<T> mostFrequent() {
    return mostFrequent(1).stream().findFirst();
  }
}
