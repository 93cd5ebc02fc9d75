package dev.mlstack.data.check;

/**
 * A set of whole numbers, in some 16 bytes for each.
 *
 * <p>Invariant: a number stands in the first slot that is free or has it, from that which its
 * scrambled bits name; 0 marks a free slot, and is itself remembered apart.
 */
final class LongSet {

  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private long[] slots = new long[1024];
  private int size;
  private boolean hasZero;

  /** Adds a number; tells whether it is new. */
  boolean add(long number) {
    if (number == 0) {
      boolean isNew = !hasZero;
      hasZero = true;
      return isNew;
    }
    int slot = slot(number);
    if (slots[slot] != 0) {
      return false;
    }
    slots[slot] = number;
    if (++size > slots.length / 2) {
      grow();
    }
    return true;
  }

  private void grow() {
    long[] old = slots;
    slots = new long[Math.multiplyExact(old.length, 2)];
    for (long number : old) {
      if (number != 0) {
        slots[slot(number)] = number;
      }
    }
  }

  /** Several threads may ask while none adds. */
  boolean contains(long number) {
    return number == 0 ? hasZero : slots[slot(number)] != 0;
  }

  /** Returns bits of which the upper ones depend on all of a number. */
  static long scrambled(long number) {
    return (number ^ (number >>> 32)) * GOLDEN;
  }

  private int slot(long number) {
    int slot = (int) (scrambled(number) >>> 32) & (slots.length - 1);
    while (slots[slot] != 0 && slots[slot] != number) {
      slot = (slot + 1) & (slots.length - 1);
    }
    return slot;
  }
}
