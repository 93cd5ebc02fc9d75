package dev.mlstack.data.version;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/**
 * The rows that differ between two snapshots, in 33 bytes each. A place is the index of a group in
 * its upper 32 bits and that of a row in its lower, or {@link #NONE}.
 */
final class RowChanges {

  /** Stands for the place of a row that is not there. */
  static final long NONE = -1;

  private final Map<BitSet, BitSet> distinct = new HashMap<>();
  private long[] ids = new long[16];
  private long[] before = new long[16];
  private long[] after = new long[16];
  private BitSet[] columns = new BitSet[16];
  private int size;

  /** Returns the place of a row. */
  static long place(int group, int row) {
    return ((long) group << 32) | row;
  }

  static int group(long place) {
    return (int) (place >>> 32);
  }

  static int row(long place) {
    return (int) place;
  }

  /** Adds a row; {@code differing} are the columns in which it differs, empty unless in both. */
  void add(long id, long placeBefore, long placeAfter, BitSet differing) {
    if (size == ids.length) {
      int capacity = Math.multiplyExact(2, size);
      ids = Arrays.copyOf(ids, capacity);
      before = Arrays.copyOf(before, capacity);
      after = Arrays.copyOf(after, capacity);
      columns = Arrays.copyOf(columns, capacity);
    }
    ids[size] = id;
    before[size] = placeBefore;
    after[size] = placeAfter;
    columns[size++] = distinct.computeIfAbsent(differing, same -> same);
  }

  int size() {
    return size;
  }

  long id(int index) {
    return ids[index];
  }

  long before(int index) {
    return before[index];
  }

  long after(int index) {
    return after[index];
  }

  BitSet columns(int index) {
    return columns[index];
  }

  boolean isAdded(int index) {
    return before[index] == NONE;
  }

  boolean isRemoved(int index) {
    return after[index] == NONE;
  }

  boolean isChanged(int index) {
    return !isAdded(index) && !isRemoved(index);
  }
}
