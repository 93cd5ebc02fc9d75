package dev.mlstack.core.store;

import dev.mlstack.store.Digest;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds objects in packs: a hash table over the indexes of all packs, with linear probing. It takes
 * 5 to 11 bytes of heap for each object beside the 44 of the indexes. Safe for use by several
 * threads only as long as nobody changes it.
 *
 * <p>Invariants:
 *
 * <ol>
 *   <li>The objects of {@code packs.get(i)} have the numbers from {@code firsts[i]} on; {@code
 *       numbers} is the next number that is free.
 *   <li>A slot is 0 or 1 more than the number of an object. Of objects with one digest, the last is
 *       in a slot, and {@code taken} counts those.
 *   <li>Following slots from the lower bits of the first word of a digest leads to it before it
 *       leads to an empty slot.
 * </ol>
 */
final class PackTable {

  private static final int FIRST_CAPACITY = 64;
  private static final double MAX_LOAD = 0.75;

  private final List<Pack> packs = new ArrayList<>();
  private int[] firsts = new int[16];
  private int[] slots = new int[FIRST_CAPACITY];
  private int numbers;
  private int taken;

  /**
   * Where an object is.
   *
   * @param pack the pack that has it
   * @param position its position in the index of the pack
   */
  record Place(Pack pack, int position) {
    /** Returns the entry in the index of the pack. */
    Pack.Entry entry() {
      return pack.entry(position);
    }
  }

  /** Returns a table of some packs. */
  static PackTable of(List<Pack> packs) {
    PackTable table = new PackTable();
    packs.forEach(table::add);
    return table;
  }

  /** Adds a pack. Objects that are there already are found in the new pack from now on. */
  void add(Pack pack) {
    int first = numbers;
    if (packs.size() == firsts.length) {
      firsts = Arrays.copyOf(firsts, 2 * firsts.length);
    }
    firsts[packs.size()] = first;
    packs.add(pack);
    numbers = Math.addExact(first, pack.size());
    reserve(Math.addExact(taken, pack.size()));
    for (int i = 0; i < pack.size(); i++) {
      insert(pack, i, first + i);
    }
  }

  /** Returns the packs in the order in which they came, as a new list. */
  List<Pack> packs() {
    return List.copyOf(packs);
  }

  /** Returns where an object is, or null if no pack has it. */
  @Nullable Place find(Digest digest) {
    ByteBuffer words = ByteBuffer.wrap(digest.toBytes());
    int mask = slots.length - 1;
    for (int slot = (int) words.getLong(0) & mask; slots[slot] != 0; slot = (slot + 1) & mask) {
      int number = slots[slot] - 1;
      int pack = packOf(number);
      int position = number - firsts[pack];
      if (packs.get(pack).has(position, words)) {
        return new Place(packs.get(pack), position);
      }
    }
    return null;
  }

  /** Returns the number of every object, each once, as a new array. */
  int[] numbers() {
    return Arrays.stream(slots).filter(slot -> slot != 0).map(slot -> slot - 1).toArray();
  }

  /** Returns the place of an object by its number. */
  Place place(int number) {
    int pack = packOf(number);
    return new Place(packs.get(pack), number - firsts[pack]);
  }

  /** Returns the last pack whose first number is not above; an empty pack shares its first. */
  private int packOf(int number) {
    int low = 0;
    int high = packs.size() - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (firsts[middle] <= number) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  private void reserve(int objects) {
    int capacity = slots.length;
    while (objects > MAX_LOAD * capacity) {
      capacity = Math.multiplyExact(capacity, 2);
    }
    if (capacity > slots.length) {
      int[] old = slots;
      slots = new int[capacity];
      for (int slot : old) {
        if (slot != 0) {
          moveTo(slot);
        }
      }
    }
  }

  private void moveTo(int value) {
    int mask = slots.length - 1;
    Place place = place(value - 1);
    int slot = (int) place.pack().firstWord(place.position()) & mask;
    while (slots[slot] != 0) {
      slot = (slot + 1) & mask;
    }
    slots[slot] = value;
  }

  private void insert(Pack pack, int position, int number) {
    int mask = slots.length - 1;
    ByteBuffer words = ByteBuffer.wrap(pack.digest(position).toBytes());
    int slot = (int) words.getLong(0) & mask;
    while (slots[slot] != 0) {
      Place other = place(slots[slot] - 1);
      if (other.pack().has(other.position(), words)) {
        slots[slot] = number + 1;
        return;
      }
      slot = (slot + 1) & mask;
    }
    slots[slot] = number + 1;
    taken++;
  }
}
