package dev.mlstack.core.feature;

import java.util.Arrays;

/**
 * Sorts texts by their UTF-8 bytes into the order of {@link String#compareTo}: by their first byte,
 * then each group by the second, and so on; small groups by insertion. For use by one thread.
 *
 * <p>The order of the bytes is that of code points. That of UTF-16 units differs in one thing: what
 * has two units, the first byte of which is 0xF0 or more, comes before what begins with 0xEE or
 * 0xEF, which are U+E000 to U+FFFF.
 */
final class Utf8Order {

  /** The largest group that is sorted by insertion. */
  private static final int SMALL = 24;

  private static final int FIRST_BEHIND_PAIRS = 0xEE;
  private static final int LAST_BEHIND_PAIRS = 0xEF;
  private static final int BEHIND_PAIRS = 0xF8 - FIRST_BEHIND_PAIRS;

  /** All bytes, and the end of a text before them. */
  private static final int KEYS = 257;

  private final byte[] bytes;
  private final int[] starts;
  private final int[] order;
  private final int[] other;

  /**
   * Prepares the sorting of texts that stand one behind the other.
   *
   * @param starts where each begins, and where the last ends
   */
  Utf8Order(byte[] bytes, int[] starts) {
    this.bytes = bytes;
    this.starts = starts;
    this.order = new int[starts.length - 1];
    this.other = new int[order.length];
  }

  /** Returns the numbers of the texts in their order. */
  int[] sort() {
    for (int i = 0; i < order.length; i++) {
      order[i] = i;
    }
    sort(0, order.length, 0);
    return order;
  }

  /**
   * Sorts texts whose bytes before {@code depth} are equal. Only the smaller groups are left to
   * calls, so these nest no deeper than the number of texts has bits.
   */
  private void sort(int from, int to, int depth) {
    int start = from;
    int end = to;
    int at = depth;
    for (; end - start > SMALL; at++) {
      int[] ends = deal(start, end, at);
      int largest = 0;
      for (int key = 1; key < KEYS; key++) {
        largest = size(ends, key) > size(ends, largest) ? key : largest;
      }
      for (int key = 1; key < KEYS; key++) {
        if (key != largest && size(ends, key) > 1) {
          sort(start + ends[key - 1], start + ends[key], at + 1);
        }
      }
      if (largest == 0) {
        return; // The texts that end here are equal.
      }
      end = start + ends[largest];
      start += ends[largest - 1];
    }
    insert(start, end, at);
  }

  private static int size(int[] ends, int key) {
    return key == 0 ? ends[0] : ends[key] - ends[key - 1];
  }

  /** Groups texts by one of their bytes; returns where each group ends, counted from the first. */
  private int[] deal(int from, int to, int at) {
    int[] ends = new int[KEYS];
    for (int i = from; i < to; i++) {
      ends[key(order[i], at)]++;
    }
    if (ends[key(order[from], at)] == to - from) {
      int only = key(order[from], at);
      Arrays.fill(ends, only, KEYS, to - from);
      return ends;
    }
    int[] next = new int[KEYS];
    for (int key = 1; key < KEYS; key++) {
      next[key] = next[key - 1] + ends[key - 1];
    }
    for (int i = from; i < to; i++) {
      other[from + next[key(order[i], at)]++] = order[i];
    }
    System.arraycopy(other, from, order, from, to - from);
    return next;
  }

  private void insert(int from, int to, int depth) {
    for (int i = from + 1; i < to; i++) {
      int text = order[i];
      int at = i;
      for (; at > from && compare(order[at - 1], text, depth) > 0; at--) {
        order[at] = order[at - 1];
      }
      order[at] = text;
    }
  }

  private int compare(int left, int right, int depth) {
    for (int at = depth; ; at++) {
      int key = key(left, at);
      int difference = key - key(right, at);
      if (difference != 0 || key == 0) {
        return difference;
      }
    }
  }

  /** Returns what a text is ordered by at one place: 0 behind its end. */
  private int key(int text, int at) {
    int index = starts[text] + at;
    if (index >= starts[text + 1]) {
      return 0;
    }
    int unit = bytes[index] & 0xFF;
    boolean behind = unit == FIRST_BEHIND_PAIRS || unit == LAST_BEHIND_PAIRS;
    return 1 + unit + (behind ? BEHIND_PAIRS : 0);
  }
}
