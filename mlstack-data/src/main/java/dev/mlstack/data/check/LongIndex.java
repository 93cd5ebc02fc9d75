package dev.mlstack.data.check;

/**
 * Remembers whole numbers, and on which line each stood first. Takes some 32 bytes for each.
 *
 * <p>Invariant: a number and its line stand at the first pair of slots that is free or has it, from
 * that which its scrambled bits name; a number 0 marks a free pair, and is itself remembered apart.
 */
final class LongIndex {

  private long[] slots = new long[2048];
  private int size;
  private boolean hasZero;
  private long zeroLine;

  /**
   * Adds a number.
   *
   * @param line where it stands
   * @return whether it is new; otherwise, {@link #line} says where it stood first
   */
  boolean add(long number, long line) {
    if (number == 0) {
      boolean isNew = !hasZero;
      zeroLine = isNew ? line : zeroLine;
      hasZero = true;
      return isNew;
    }
    int slot = slot(number);
    if (slots[slot] != 0) {
      return false;
    }
    slots[slot] = number;
    slots[slot + 1] = line;
    if (++size > slots.length / 4) {
      grow();
    }
    return true;
  }

  /** Returns on which line a number stood first that was added. */
  long line(long number) {
    return number == 0 ? zeroLine : slots[slot(number) + 1];
  }

  private void grow() {
    long[] old = slots;
    slots = new long[Math.multiplyExact(old.length, 2)];
    for (int i = 0; i < old.length; i += 2) {
      if (old[i] != 0) {
        int slot = slot(old[i]);
        slots[slot] = old[i];
        slots[slot + 1] = old[i + 1];
      }
    }
  }

  /** Returns where a number stands or belongs, an even index. */
  private int slot(long number) {
    int slot = (int) (LongSet.scrambled(number) >>> 32) & (slots.length - 2);
    while (slots[slot] != 0 && slots[slot] != number) {
      slot = (slot + 2) & (slots.length - 1);
    }
    return slot;
  }
}
