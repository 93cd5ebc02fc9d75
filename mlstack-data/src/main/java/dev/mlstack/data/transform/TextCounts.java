package dev.mlstack.data.transform;

import dev.mlstack.feature.ValueBlock;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How often each text of a column occurs, and whether one is missing. */
final class TextCounts {

  private final Map<String, long[]> counts = new HashMap<>();
  private boolean anyMissing;

  static TextCounts of(ValueBlock.Texts block) {
    TextCounts counts = new TextCounts();
    counts.add(block);
    return counts;
  }

  /** Adds the texts of a block. */
  void add(ValueBlock.Texts block) {
    for (int i = 0; i < block.size(); i++) {
      String value = block.values()[i];
      if (value == null) {
        anyMissing = true;
      } else {
        add(value, 1);
      }
    }
  }

  private void add(String text, long times) {
    long[] count = counts.get(text);
    if (count == null) {
      counts.put(text, new long[] {times});
    } else {
      count[0] += times;
    }
  }

  /** Adds the counts of another and returns this one. */
  TextCounts merge(TextCounts other) {
    other.counts.forEach((text, count) -> add(text, count[0]));
    anyMissing |= other.anyMissing;
    return this;
  }

  /** Returns how many texts occur. */
  int distinct() {
    return counts.size();
  }

  /** Returns how often a text occurs. */
  long count(String text) {
    long[] count = counts.get(text);
    return count == null ? 0 : count[0];
  }

  /** Returns how many texts are not missing. */
  long total() {
    return counts.values().stream().mapToLong(count -> count[0]).sum();
  }

  /** Tells whether a text is missing. */
  boolean anyMissing() {
    return anyMissing;
  }

  /** Returns the most frequent texts, of equally frequent ones the smallest, in any order. */
  List<String> mostFrequent(int atMost) {
    if (counts.size() <= atMost) {
      return List.copyOf(counts.keySet());
    }
    return counts.entrySet().stream()
        .sorted(
            Comparator.<Map.Entry<String, long[]>>comparingLong(entry -> -entry.getValue()[0])
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(atMost)
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Returns the most frequent text, of equally frequent ones the smallest, if any occurs. */
  Optional<String> mostFrequent() {
    return mostFrequent(1).stream().findFirst();
  }
}
