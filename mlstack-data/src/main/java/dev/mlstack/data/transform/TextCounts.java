package dev.mlstack.data.transform;

import dev.mlstack.core.feature.Utf8Index;
import dev.mlstack.feature.ValueBlock;
import dev.mlstack.table.Utf8Block;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * How often each text of a column occurs, and whether one is missing. Texts are counted as the
 * bytes of their UTF-8; strings are made of those alone that are asked for.
 */
final class TextCounts {

  private static final int NO_NUMBER = -1;

  private final Utf8Index texts = new Utf8Index();
  private long[] counts = new long[16];
  private boolean anyMissing;

  private int[] numbers = {};
  private final Utf8Block scratch = new Utf8Block();

  /** The list of the last block of codes, and the number of each of its texts that occurred. */
  private List<String> values = List.of();

  private int[] numberOfCode = {};

  static TextCounts of(ValueBlock block) {
    TextCounts counts = new TextCounts();
    counts.add(block);
    return counts;
  }

  /** Adds the texts of a block. */
  void add(ValueBlock block) {
    if (block instanceof ValueBlock.Utf8 utf8) {
      add(utf8);
    } else if (block instanceof ValueBlock.Codes codes) {
      add(codes);
    } else {
      add((ValueBlock.Texts) block);
    }
  }

  private void add(ValueBlock.Utf8 block) {
    if (numbers.length < block.size()) {
      numbers = new int[block.size()];
    }
    texts.add(block.texts(), block.missing(), numbers);
    for (int i = 0; i < block.size(); i++) {
      if (block.missing()[i]) {
        anyMissing = true;
      } else {
        count(numbers[i], 1);
      }
    }
  }

  // A list that is the same need not be compared.
  @SuppressWarnings("ReferenceEquality")
  private void add(ValueBlock.Codes block) {
    if (values != block.values()) {
      values = block.values();
      numberOfCode = new int[values.size()];
      Arrays.fill(numberOfCode, NO_NUMBER);
    }
    for (int i = 0; i < block.size(); i++) {
      int code = block.codes()[i];
      if (code < 0) {
        anyMissing = true;
        continue;
      }
      if (numberOfCode[code] == NO_NUMBER) {
        numberOfCode[code] = number(values.get(code));
      }
      count(numberOfCode[code], 1);
    }
  }

  private void add(ValueBlock.Texts block) {
    for (int i = 0; i < block.size(); i++) {
      String value = block.values()[i];
      if (value == null) {
        anyMissing = true;
      } else {
        count(number(value), 1);
      }
    }
  }

  private int number(String text) {
    scratch.clear();
    scratch.append(text);
    return texts.add(scratch.bytes(), 0, scratch.length(0));
  }

  private void count(int number, long times) {
    if (number >= counts.length) {
      counts = Arrays.copyOf(counts, Math.max(number + 1, 2 * counts.length));
    }
    counts[number] += times;
  }

  /** Adds the counts of another and returns this one. */
  TextCounts merge(TextCounts other) {
    for (int number = 0; number < other.texts.size(); number++) {
      count(texts.add(other.texts, number), other.counts[number]);
    }
    anyMissing |= other.anyMissing;
    return this;
  }

  /** Returns how many texts occur. */
  int distinct() {
    return texts.size();
  }

  /** Returns how many texts are not missing. */
  long total() {
    return Arrays.stream(counts).sum();
  }

  /** Tells whether a text is missing. */
  boolean anyMissing() {
    return anyMissing;
  }

  /**
   * Returns the most frequent texts, of equally frequent ones the smallest, in the order of {@link
   * String#compareTo}.
   */
  List<String> mostFrequent(int atMost) {
    List<String> found = new ArrayList<>();
    for (int number : numbersOfMostFrequent(atMost)) {
      found.add(texts.text(number));
    }
    return found;
  }

  /** Returns how often each text occurs, in the order of the texts. */
  long[] inOrder() {
    return Arrays.stream(texts.sorted()).mapToLong(number -> counts[number]).toArray();
  }

  private int[] numbersOfMostFrequent(int atMost) {
    int[] sorted = texts.sorted();
    if (sorted.length <= atMost) {
      return sorted;
    }
    long[] ascending = Arrays.copyOf(counts, sorted.length);
    Arrays.sort(ascending);
    long least = ascending[sorted.length - atMost];
    long more = Arrays.stream(ascending).filter(count -> count > least).count();
    long left = atMost - more;
    int[] found = new int[atMost];
    int size = 0;
    for (int number : sorted) {
      if (counts[number] > least || (counts[number] == least && left-- > 0)) {
        found[size++] = number;
      }
    }
    return found;
  }

  /** Returns the most frequent text, of equally frequent ones the smallest, if any occurs. */
  Optional<String> mostFrequent() {
    return mostFrequent(1).stream().findFirst();
  }
}
