package dev.mlstack.data.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Remembers keys, and on which line each stood first. Keys are compared byte by byte, so that two
 * with the same hash stay two.
 *
 * <p>Takes some 25 bytes of the heap for each key beside those of the key itself.
 *
 * <p>Invariants:
 *
 * <ol>
 *   <li>A slot is 0 if it is free; otherwise its upper 24 bits are those of the hash of a key, and
 *       its lower 40 bits are the place of the entry plus 1: the segment in 20 bits, the offset in
 *       20.
 *   <li>The slots from that which the lower bits of its hash name to that which has a key are all
 *       taken.
 *   <li>An entry is the line in 8 bytes, the length in 4, and the key, all in one segment.
 * </ol>
 */
public final class KeyIndex {

  /** What {@link #add} returns for a key that is new. */
  public static final long NEW = -1;

  private static final int OFFSET_BITS = 20;
  private static final int SEGMENT_BYTES = 1 << OFFSET_BITS;
  private static final int PLACE_BITS = 40;
  private static final long PLACE_MASK = (1L << PLACE_BITS) - 1;
  private static final int ENTRY_BYTES = Long.BYTES + Integer.BYTES;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private final List<byte[]> segments = new ArrayList<>();
  private int used = SEGMENT_BYTES;
  private long[] slots = new long[1024];
  private int size;

  /** Creates an index without keys. */
  public KeyIndex() {}

  /**
   * Adds a key.
   *
   * @param key what {@link RowBytes} wrote
   * @param line where it stands
   * @return the line on which an equal key stood first, or {@link #NEW}
   */
  public long add(RowBytes key, long line) {
    return add(key.bytes(), 0, key.length(), key.hash(0), line);
  }

  /** Adds a key that {@link RowBytes} wrote, as {@link #add(RowBytes, long)}. */
  public long addBytes(byte[] bytes, int from, int length, long line) {
    return add(bytes, from, length, XxHash64.hash(bytes, from, length, 0), line);
  }

  /** Tells whether a key was added. Several threads may ask while none adds. */
  public boolean contains(RowBytes key) {
    return slots[find(key.bytes(), 0, key.length(), key.hash(0))] != 0;
  }

  /** Adds all keys of another index. */
  public void addAll(KeyIndex other) {
    for (long entry : other.slots) {
      if (entry != 0) {
        long place = (entry & PLACE_MASK) - 1;
        byte[] segment = other.segment(place);
        long line = (long) LONGS.get(segment, offset(place));
        addBytes(segment, offset(place) + ENTRY_BYTES, other.length(place), line);
      }
    }
  }

  /** Returns how many keys there are. */
  public int size() {
    return size;
  }

  long add(byte[] key, int length, long hash, long line) {
    return add(key, 0, length, hash, line);
  }

  private long add(byte[] key, int from, int length, long hash, long line) {
    int slot = find(key, from, length, hash);
    if (slots[slot] != 0) {
      long place = (slots[slot] & PLACE_MASK) - 1;
      return (long) LONGS.get(segment(place), offset(place));
    }
    slots[slot] = (hash & ~PLACE_MASK) | (store(key, from, length, line) + 1);
    size++;
    if (size > slots.length / 4 * 3) {
      rehash();
    }
    return NEW;
  }

  /** Returns the slot that has a key, or the free one where it belongs. */
  private int find(byte[] key, int from, int length, long hash) {
    int slot = (int) hash & (slots.length - 1);
    while (slots[slot] != 0 && !holds(slots[slot], key, from, length, hash)) {
      slot = (slot + 1) & (slots.length - 1);
    }
    return slot;
  }

  private boolean holds(long slot, byte[] key, int start, int length, long hash) {
    if (((slot ^ hash) & ~PLACE_MASK) != 0) {
      return false;
    }
    long place = (slot & PLACE_MASK) - 1;
    byte[] segment = segment(place);
    int from = offset(place) + ENTRY_BYTES;
    return length(place) == length
        && Arrays.equals(segment, from, from + length, key, start, start + length);
  }

  private long store(byte[] key, int from, int length, long line) {
    int bytes = ENTRY_BYTES + length;
    if (used + bytes > SEGMENT_BYTES) {
      segments.add(new byte[Math.max(SEGMENT_BYTES, bytes)]);
      used = 0;
    }
    byte[] segment = segments.get(segments.size() - 1);
    LONGS.set(segment, used, line);
    INTS.set(segment, used + Long.BYTES, length);
    System.arraycopy(key, from, segment, used + ENTRY_BYTES, length);
    long place = ((long) (segments.size() - 1) << OFFSET_BITS) | used;
    used += bytes;
    return place;
  }

  private void rehash() {
    long[] old = slots;
    slots = new long[Math.multiplyExact(old.length, 2)];
    for (long entry : old) {
      if (entry != 0) {
        long place = (entry & PLACE_MASK) - 1;
        long hash = XxHash64.hash(segment(place), offset(place) + ENTRY_BYTES, length(place), 0);
        int slot = (int) hash & (slots.length - 1);
        while (slots[slot] != 0) {
          slot = (slot + 1) & (slots.length - 1);
        }
        slots[slot] = entry;
      }
    }
  }

  private byte[] segment(long place) {
    return segments.get((int) (place >>> OFFSET_BITS));
  }

  private static int offset(long place) {
    return (int) place & (SEGMENT_BYTES - 1);
  }

  private int length(long place) {
    return (int) INTS.get(segment(place), offset(place) + Long.BYTES);
  }
}
