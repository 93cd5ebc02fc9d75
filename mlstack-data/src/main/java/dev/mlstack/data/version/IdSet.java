package dev.mlstack.data.version;

/**
 * A set of row identities. Takes 11 to 22 bytes of the heap for each.
 *
 * <p>Invariant: the slots from that which the lower bits of an identity name to its own are taken;
 * a free slot is 0, so 0 itself is kept apart. Identities are hashes, so their lower bits spread
 * well.
 */
final class IdSet {

  private long[] slots = new long[1024];
  private int size;
  private boolean zero;

  /** Adds an identity; returns whether it is new. */
  boolean add(long id) {
    if (id == 0) {
      boolean fresh = !zero;
      zero = true;
      return fresh;
    }
    int slot = slot(id);
    if (slots[slot] == id) {
      return false;
    }
    slots[slot] = id;
    if (++size > slots.length / 4 * 3) {
      rehash();
    }
    return true;
  }

  boolean contains(long id) {
    return id == 0 ? zero : slots[slot(id)] == id;
  }

  private int slot(long id) {
    int slot = (int) id & (slots.length - 1);
    while (slots[slot] != 0 && slots[slot] != id) {
      slot = (slot + 1) & (slots.length - 1);
    }
    return slot;
  }

  private void rehash() {
    long[] old = slots;
    slots = new long[Math.multiplyExact(old.length, 2)];
    for (long id : old) {
      if (id != 0) {
        slots[slot(id)] = id;
      }
    }
  }
}
