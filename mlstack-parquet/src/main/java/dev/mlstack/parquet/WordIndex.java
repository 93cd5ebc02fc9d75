package dev.mlstack.parquet;

import dev.mlstack.data.columnar.LittleEndian;
import java.util.Arrays;

/** The distinct texts of a column in a row group, numbered as they come. */
final class WordIndex {

  private static final int MAX_WORDS = 1 << 16;
  private static final int MAX_BYTES = 1 << 20;
  private static final int EMPTY = -1;

  private final PageBytes bytes = new PageBytes();
  private int[] starts = new int[1024];
  private int[] hashes = new int[1024];
  private int[] slots = new int[4096];
  private int count;

  WordIndex() {
    Arrays.fill(slots, EMPTY);
  }

  int count() {
    return count;
  }

  /** Returns the bytes of all texts, each with its length before it. */
  PageBytes bytes() {
    return bytes;
  }

  /** Returns the number of a text; -1 if there are too many already. */
  int number(byte[] from, int at, int length) {
    int hash = hash(from, at, length);
    int slot = hash & (slots.length - 1);
    while (slots[slot] != EMPTY) {
      int word = slots[slot];
      if (hashes[word] == hash && equal(word, from, at, length)) {
        return word;
      }
      slot = (slot + 1) & (slots.length - 1);
    }
    if (count == MAX_WORDS || bytes.length() + length > MAX_BYTES) {
      return EMPTY;
    }
    add(from, at, length, hash, slot);
    return count - 1;
  }

  private boolean equal(int word, byte[] from, int at, int length) {
    int start = starts[word];
    return LittleEndian.int32(bytes.bytes(), start - Integer.BYTES) == length
        && Arrays.equals(bytes.bytes(), start, start + length, from, at, at + length);
  }

  private void add(byte[] from, int at, int length, int hash, int slot) {
    if (count == starts.length) {
      starts = Arrays.copyOf(starts, 2 * count);
      hashes = Arrays.copyOf(hashes, 2 * count);
    }
    bytes.putInt(length);
    starts[count] = bytes.length();
    hashes[count] = hash;
    bytes.put(from, at, length);
    slots[slot] = count++;
    if (2 * count > slots.length) {
      rehash();
    }
  }

  private void rehash() {
    slots = new int[4 * slots.length];
    Arrays.fill(slots, EMPTY);
    for (int word = 0; word < count; word++) {
      int slot = hashes[word] & (slots.length - 1);
      while (slots[slot] != EMPTY) {
        slot = (slot + 1) & (slots.length - 1);
      }
      slots[slot] = word;
    }
  }

  private static int hash(byte[] bytes, int at, int length) {
    int hash = length;
    for (int i = at; i < at + length; i++) {
      hash = hash * 31 + bytes[i];
    }
    int mixed = hash * 0x9E3779B9;
    return mixed ^ mixed >>> 16;
  }
}
