package dev.mlstack.core.profile;

import java.util.Arrays;

/**
 * Counts 64-bit keys in bins that are as narrow as {@link #MAX} bins allow: bin {@code p} has the
 * keys {@code k} with {@code k >> shift == p}, and the shift is the least with which at most that
 * many bins have any keys.
 *
 * <p>Each shift divides the keys into parts of the parts of the next. More keys never need fewer
 * bins, so what the shift and the counts are in the end follows from the multiset of keys alone:
 * not from their order, nor from how parts were merged. With shift 0, each bin is one value.
 *
 * <p>An open hash table with the keys and counts side by side. Invariants: a slot is free exactly
 * if its count is 0; at most {@code MAX} are not.
 */
final class PrefixBins {

  /** The greatest number of bins: 512. */
  static final int MAX = 512;

  private static final int SLOTS = 4 * MAX;
  private static final int SLOT_BITS = 11;
  private static final int MASK = 2 * SLOTS - 1;
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private final long[] table = new long[2 * SLOTS];
  private int size;
  private int shift;

  /** Returns the number of low bits of a key that do not choose its bin, 0 to 55. */
  int shift() {
    return shift;
  }

  /** Returns how many bins have keys. */
  int size() {
    return size;
  }

  /**
   * Counts keys as long as every bin is one value.
   *
   * @return the index of the first key that was not counted, or {@code to}
   */
  int addExactly(long[] keys, int from, int to) {
    for (int i = from; i < to; i++) {
      long key = keys[i];
      int slot = slot(key);
      if (table[slot + 1] == 0) {
        if (size == MAX) {
          return i;
        }
        take(slot, key);
      }
      table[slot + 1]++;
    }
    return to;
  }

  /** Counts keys. */
  void add(long[] keys, int from, int to) {
    for (int i = from; i < to; i++) {
      long prefix = keys[i] >> shift;
      int slot = slot(prefix);
      if (table[slot + 1] == 0) {
        slot = begin(keys[i], slot);
      }
      table[slot + 1]++;
    }
  }

  /** Returns the slot of a bin, or the free one that it would take. */
  private int slot(long prefix) {
    int slot = (int) ((prefix * GOLDEN) >>> (Long.SIZE - SLOT_BITS)) << 1;
    while (table[slot] != prefix && table[slot + 1] != 0) {
      slot = (slot + 2) & MASK;
    }
    return slot;
  }

  private void take(int slot, long prefix) {
    table[slot] = prefix;
    size++;
  }

  /** Makes a bin for a key, and all bins wider if there would be too many; returns its slot. */
  private int begin(long key, int free) {
    int slot = free;
    if (size == MAX) {
      coarsen(shift + leastShift(key >> shift));
      slot = slot(key >> shift);
      if (table[slot + 1] != 0) {
        return slot;
      }
    }
    take(slot, key >> shift);
    return slot;
  }

  /** Returns the least further shift with which all bins and one more are no more than allowed. */
  private int leastShift(long prefix) {
    long[] prefixes = Arrays.copyOf(prefixes(), size + 1);
    prefixes[size] = prefix;
    Arrays.sort(prefixes);
    // Neighbours that differ in bits up to the n-th are one bin with a shift of n.
    int[] joined = new int[Long.SIZE + 1];
    for (int i = 0; i < size; i++) {
      joined[Long.SIZE - Long.numberOfLeadingZeros(prefixes[i] ^ prefixes[i + 1])]++;
    }
    int bins = size + 1;
    int least = 0;
    while (bins > MAX) {
      least++;
      bins -= joined[least];
    }
    return least;
  }

  /** Returns the bins that have keys, in any order. */
  private long[] prefixes() {
    long[] prefixes = new long[size];
    int n = 0;
    for (int i = 0; i < table.length; i += 2) {
      if (table[i + 1] != 0) {
        prefixes[n++] = table[i];
      }
    }
    return prefixes;
  }

  /** Joins bins into those of a greater shift. */
  private void coarsen(int newShift) {
    long[] old = table.clone();
    int by = newShift - shift;
    Arrays.fill(table, 0);
    size = 0;
    shift = newShift;
    for (int i = 0; i < old.length; i += 2) {
      if (old[i + 1] != 0) {
        put(old[i] >> by, old[i + 1]);
      }
    }
  }

  private void put(long prefix, long count) {
    int slot = slot(prefix);
    if (table[slot + 1] == 0) {
      take(slot, prefix);
    }
    table[slot + 1] += count;
  }

  /** Adds the counts of other bins. */
  void add(BinCounts other) {
    if (other.shift() > shift) {
      coarsen(other.shift());
    }
    for (int i = 0; i < other.size(); i++) {
      long key = other.prefix(i) << other.shift();
      int slot = slot(key >> shift);
      if (table[slot + 1] == 0) {
        slot = begin(key, slot);
      }
      table[slot + 1] += other.count(i);
    }
  }

  /** Returns the bins, rising. */
  BinCounts counts() {
    long[] prefixes = prefixes();
    Arrays.sort(prefixes);
    long[] counts = new long[size];
    Arrays.setAll(counts, i -> table[slot(prefixes[i]) + 1]);
    return new BinCounts(shift, prefixes, counts);
  }
}
