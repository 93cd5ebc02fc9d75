package dev.mlstack.core.internal;

import dev.mlstack.store.Digest;
import java.nio.ByteBuffer;

/**
 * A set of digests that takes 43 to 85 bytes of heap for each: a hash table with linear probing
 * whose slots are the 32 bytes themselves. Not safe for use by several threads at once.
 */
public final class DigestSet {

  private static final int WORDS = Digest.BYTES / Long.BYTES;
  private static final int FIRST_CAPACITY = 16;
  private static final double MAX_LOAD = 0.75;

  private long[] slots = new long[FIRST_CAPACITY * WORDS];
  private int capacity = FIRST_CAPACITY;
  private int size;
  private boolean hasZero;

  /** Creates an empty set. */
  public DigestSet() {}

  /** Adds a digest; returns whether it is new. */
  public boolean add(Digest digest) {
    ByteBuffer words = ByteBuffer.wrap(digest.toBytes());
    if (isZero(words)) {
      boolean added = !hasZero;
      hasZero = true;
      return added;
    }
    int slot = slotOf(words);
    if (isTaken(slot)) {
      return false;
    }
    put(slot, words);
    size++;
    if (size > MAX_LOAD * capacity) {
      grow();
    }
    return true;
  }

  /** Tells whether a digest was added. */
  public boolean contains(Digest digest) {
    ByteBuffer words = ByteBuffer.wrap(digest.toBytes());
    return isZero(words) ? hasZero : isTaken(slotOf(words));
  }

  /** Returns how many digests there are. */
  public int size() {
    return size + (hasZero ? 1 : 0);
  }

  /** Returns the slot that has the digest, or the empty one where it belongs. */
  private int slotOf(ByteBuffer words) {
    int slot = (int) words.getLong(0) & (capacity - 1);
    while (isTaken(slot) && !has(slot, words)) {
      slot = (slot + 1) & (capacity - 1);
    }
    return slot;
  }

  private boolean isTaken(int slot) {
    int i = slot * WORDS;
    return (slots[i] | slots[i + 1] | slots[i + 2] | slots[i + 3]) != 0;
  }

  private boolean has(int slot, ByteBuffer words) {
    int i = slot * WORDS;
    return slots[i] == words.getLong(0)
        && slots[i + 1] == words.getLong(8)
        && slots[i + 2] == words.getLong(16)
        && slots[i + 3] == words.getLong(24);
  }

  private void put(int slot, ByteBuffer words) {
    for (int i = 0; i < WORDS; i++) {
      slots[slot * WORDS + i] = words.getLong(i * Long.BYTES);
    }
  }

  private void grow() {
    long[] old = slots;
    capacity *= 2;
    slots = new long[capacity * WORDS];
    ByteBuffer words = ByteBuffer.allocate(Digest.BYTES);
    for (int i = 0; i < old.length; i += WORDS) {
      if ((old[i] | old[i + 1] | old[i + 2] | old[i + 3]) != 0) {
        words.clear().putLong(old[i]).putLong(old[i + 1]).putLong(old[i + 2]).putLong(old[i + 3]);
        put(slotOf(words), words);
      }
    }
  }

  private static boolean isZero(ByteBuffer words) {
    return (words.getLong(0) | words.getLong(8) | words.getLong(16) | words.getLong(24)) == 0;
  }
}
