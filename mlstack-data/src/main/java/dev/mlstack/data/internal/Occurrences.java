package dev.mlstack.data.internal;

/**
 * Counts how often numbers have come. Takes some 18 bytes of the heap for each that is different.
 *
 * <p>Invariant: {@code counts[slot]} is 0 if the slot is free; otherwise it says how often {@code
 * numbers[slot]} has come, and the slots from that which its lower bits name to its own are taken.
 * The numbers are hashes, so their lower bits spread well.
 */
public final class Occurrences {

  private long[] numbers = new long[1024];
  private int[] counts = new int[1024];
  private int size;

  /** Creates a counter that has seen nothing. */
  public Occurrences() {}

  /** Counts a number, and returns how often it had come before. */
  public int next(long number) {
    int slot = slot(number);
    if (counts[slot] == 0) {
      numbers[slot] = number;
      if (++size > numbers.length / 3 * 2) {
        counts[slot] = 1;
        rehash();
        return 0;
      }
    }
    return counts[slot]++;
  }

  private int slot(long number) {
    int slot = (int) number & (numbers.length - 1);
    while (counts[slot] != 0 && numbers[slot] != number) {
      slot = (slot + 1) & (numbers.length - 1);
    }
    return slot;
  }

  private void rehash() {
    long[] oldNumbers = numbers;
    int[] oldCounts = counts;
    numbers = new long[Math.multiplyExact(oldNumbers.length, 2)];
    counts = new int[numbers.length];
    for (int i = 0; i < oldNumbers.length; i++) {
      if (oldCounts[i] != 0) {
        int slot = slot(oldNumbers[i]);
        numbers[slot] = oldNumbers[i];
        counts[slot] = oldCounts[i];
      }
    }
  }
}
