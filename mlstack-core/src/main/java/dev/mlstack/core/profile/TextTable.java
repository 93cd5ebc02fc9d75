package dev.mlstack.core.profile;

import dev.mlstack.core.math.Hashes;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Counts texts as long as there are no more than {@link #MAX} different ones: an open hash table.
 * Of a text that is too long for a label, few bytes are kept; its hash and length stand for it.
 */
final class TextTable {

  /** The greatest number of different texts: 512. */
  static final int MAX = 512;

  private static final int SLOTS = 4 * MAX;
  private static final int MASK = SLOTS - 1;

  private final long[] hashes = new long[SLOTS];
  private final long[] firsts = new long[SLOTS];
  private final long[] lasts = new long[SLOTS];
  private final long[] counts = new long[SLOTS];
  private final int[] starts = new int[SLOTS];
  private final int[] lengths = new int[SLOTS];
  private final int[] characters = new int[SLOTS];
  private final String[] labels = new String[SLOTS];
  private byte[] bytes = new byte[1 << 12];
  private int used;
  private int size;

  /**
   * Counts a text.
   *
   * @return whether it was counted; if not, there are too many
   */
  boolean add(byte[] text, int from, int length) {
    long first = Hashes.start(text, from, length);
    long last = Hashes.end(text, from, length);
    long hash = Hashes.of(text, from, length, first, last);
    int slot = (int) hash & MASK;
    while (counts[slot] != 0) {
      if (hashes[slot] == hash
          && firsts[slot] == first
          && lasts[slot] == last
          && lengths[slot] == length
          && (length <= 2 * Long.BYTES || sameMiddle(slot, text, from, length))) {
        counts[slot]++;
        return true;
      }
      slot = (slot + 1) & MASK;
    }
    if (size == MAX) {
      return false;
    }
    firsts[slot] = first;
    lasts[slot] = last;
    take(slot, text, from, length, hash);
    return true;
  }

  private boolean sameMiddle(int slot, byte[] text, int from, int length) {
    return length > Labels.MAX_BYTES || Hashes.sameMiddle(bytes, starts[slot], text, from, length);
  }

  private void take(int slot, byte[] text, int from, int length, long hash) {
    size++;
    hashes[slot] = hash;
    counts[slot] = 1;
    lengths[slot] = length;
    characters[slot] = TextTally.characters(text, from, length);
    labels[slot] = Labels.of(text, from, length, hash);
    if (length <= Labels.MAX_BYTES) {
      if (used + length > bytes.length) {
        bytes = Arrays.copyOf(bytes, 2 * bytes.length);
      }
      starts[slot] = used;
      System.arraycopy(text, from, bytes, used, length);
      used += length;
    }
  }

  /** Returns how many rows have each text, by its label. */
  SortedMap<String, Long> labels() {
    SortedMap<String, Long> rows = new TreeMap<>();
    for (int slot = 0; slot < SLOTS; slot++) {
      if (counts[slot] != 0) {
        rows.merge(labels[slot], counts[slot], Long::sum);
      }
    }
    return rows;
  }

  TextFacts facts() {
    TextFacts facts = TextFacts.NONE;
    for (int slot = 0; slot < SLOTS; slot++) {
      if (counts[slot] != 0) {
        facts = facts.plus(TextFacts.of(characters[slot], counts[slot]));
      }
    }
    return facts;
  }

  HashBuckets buckets() {
    HashBuckets buckets = new HashBuckets();
    for (int slot = 0; slot < SLOTS; slot++) {
      if (counts[slot] != 0) {
        buckets.add(hashes[slot], counts[slot]);
      }
    }
    return buckets;
  }
}
