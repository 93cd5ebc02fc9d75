package dev.mlstack.core.feature;

import dev.mlstack.core.math.Hashes;
import dev.mlstack.table.Utf8Block;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Different texts, as the bytes of their UTF-8, numbered in the order in which they came: a hash
 * table with linear probing, at most half full, that needs no object for a text. Beside each number
 * stand the first and the last eight bytes, so that a look-up of a short text touches one place in
 * memory only.
 *
 * <p>May be read by several threads while nobody adds to it.
 */
public final class Utf8Index {

  /** The greatest number of texts: 2<sup>27</sup>. */
  private static final int MAX_TEXTS = 1 << 27;

  private static final int MAX_BYTES = Integer.MAX_VALUE - 8;
  private static final int MIN_SLOTS = 16;

  /** How many places are read ahead: few enough for the cache of page addresses. */
  private static final int TOUCHED = 128;

  /** Each slot has the first bytes, the last bytes, the hash, and length and number. */
  private static final int SLOT_LONGS = 4;

  private static final int LAST = 1;
  private static final int HASH = 2;

  /** The length in the upper half, the number plus 1 in the lower; 0 if the slot is free. */
  private static final int ENTRY = 3;

  private long[] slots = new long[SLOT_LONGS * MIN_SLOTS];
  private int[] ends = new int[MIN_SLOTS];
  private byte[] bytes = new byte[Long.BYTES * MIN_SLOTS];
  private int size;

  /** Creates an index without texts. */
  public Utf8Index() {}

  /** Returns how many texts there are. */
  public int size() {
    return size;
  }

  /** Returns the number of a text, or -1 if it is not here. */
  public int indexOf(byte[] text, int from, int length) {
    long first = Hashes.start(text, from, length);
    long last = Hashes.end(text, from, length);
    long hash = Hashes.of(text, from, length, first, last);
    return (int) slots[slot(text, from, length, first, last, hash) + ENTRY] - 1;
  }

  /**
   * Returns the number of a text, which is added if it is not here.
   *
   * @throws IllegalStateException if the texts become too many, or have 2 GiB together
   */
  public int add(byte[] text, int from, int length) {
    long first = Hashes.start(text, from, length);
    long last = Hashes.end(text, from, length);
    long hash = Hashes.of(text, from, length, first, last);
    int slot = slot(text, from, length, first, last, hash);
    if (slots[slot + ENTRY] == 0) {
      keep(text, from, length);
      slots[slot] = first;
      slots[slot + LAST] = last;
      slots[slot + HASH] = hash;
      slots[slot + ENTRY] = ((long) length << Integer.SIZE) | size;
      if (2 * SLOT_LONGS * size >= slots.length) {
        grow();
      }
      return size - 1;
    }
    return (int) slots[slot + ENTRY] - 1;
  }

  /**
   * Finds the numbers of many texts.
   *
   * @param to takes the numbers; -1 for a text that is not here
   */
  public void find(Utf8Block texts, int[] to) {
    for (int from = 0; from < texts.count(); from += TOUCHED) {
      int end = Math.min(texts.count(), from + TOUCHED);
      touch(texts, from, end, to);
      for (int i = from; i < end; i++) {
        to[i] = indexOf(texts.bytes(), texts.start(i), texts.length(i));
      }
    }
  }

  /**
   * Finds the numbers of many texts; those that are not here are added.
   *
   * @param left which texts to leave out
   * @param to takes the numbers; -1 for a text that is left out
   * @throws IllegalStateException if the texts become too many, or have 2 GiB together
   */
  public void add(Utf8Block texts, boolean[] left, int[] to) {
    for (int from = 0; from < texts.count(); from += TOUCHED) {
      int end = Math.min(texts.count(), from + TOUCHED);
      touch(texts, from, end, to);
      for (int i = from; i < end; i++) {
        to[i] = left[i] ? -1 : add(texts.bytes(), texts.start(i), texts.length(i));
      }
    }
  }

  /**
   * Reads the place of each text, so that it is in the cache when it is needed: without a branch in
   * between, the processor waits for many of them at once.
   */
  private void touch(Utf8Block texts, int from, int end, int[] to) {
    int mask = slots.length - 1;
    for (int i = from; i < end; i++) {
      long hash = Hashes.of(texts.bytes(), texts.start(i), texts.length(i));
      to[i] = (int) slots[(((int) hash * SLOT_LONGS) & mask) + ENTRY];
    }
  }

  /** Returns the number here of a text of another index; it is added if it is not here. */
  public int add(Utf8Index other, int number) {
    int start = other.start(number);
    return add(other.bytes, start, other.ends[number] - start);
  }

  /** Returns where in the table a text is, or would be. */
  private int slot(byte[] text, int from, int length, long first, long last, long hash) {
    int mask = slots.length - 1;
    int slot = ((int) hash * SLOT_LONGS) & mask;
    for (long entry = slots[slot + ENTRY]; entry != 0; entry = slots[slot + ENTRY]) {
      if (slots[slot] == first
          && slots[slot + LAST] == last
          && entry >>> Integer.SIZE == length
          && (length <= 2 * Long.BYTES
              || Hashes.sameMiddle(bytes, start((int) entry - 1), text, from, length))) {
        return slot;
      }
      slot = (slot + SLOT_LONGS) & mask;
    }
    return slot;
  }

  private void keep(byte[] text, int from, int length) {
    int start = start(size);
    if (size == MAX_TEXTS || length > MAX_BYTES - start) {
      throw new IllegalStateException(
          "the different texts of a column must be at most "
              + MAX_TEXTS
              + " of less than 2 GiB together; leave the column out, or hash its texts");
    }
    if (start + length > bytes.length) {
      long doubled = Math.min(MAX_BYTES, 2L * bytes.length);
      bytes = Arrays.copyOf(bytes, (int) Math.max(start + length, doubled));
    }
    if (size == ends.length) {
      ends = Arrays.copyOf(ends, 2 * size);
    }
    System.arraycopy(text, from, bytes, start, length);
    ends[size++] = start + length;
  }

  private void grow() {
    long[] before = slots;
    slots = new long[2 * before.length];
    int mask = slots.length - 1;
    for (int from = 0; from < before.length; from += SLOT_LONGS) {
      if (before[from + ENTRY] != 0) {
        int slot = ((int) before[from + HASH] * SLOT_LONGS) & mask;
        while (slots[slot + ENTRY] != 0) {
          slot = (slot + SLOT_LONGS) & mask;
        }
        System.arraycopy(before, from, slots, slot, SLOT_LONGS);
      }
    }
  }

  private int start(int number) {
    return number == 0 ? 0 : ends[number - 1];
  }

  /** Returns a text by its number. */
  public String text(int number) {
    int start = start(number);
    return new String(bytes, start, ends[number] - start, StandardCharsets.UTF_8);
  }

  /** Returns the numbers of all texts in the order of the texts by {@link String#compareTo}. */
  public int[] sorted() {
    int[] starts = new int[size + 1];
    System.arraycopy(ends, 0, starts, 1, size);
    return new Utf8Order(bytes, starts).sort();
  }
}
