package dev.mlstack.core.feature;

import dev.mlstack.feature.FeatureSink;
import java.util.Arrays;
import java.util.Objects;

/**
 * Encoded features without their zeros, in compressed sparse rows: the entries of all rows one
 * behind the other, each a slot and a number, by ascending slot in each row; and where each row
 * begins. Grows as tables come. Not safe for use by several threads at once.
 *
 * <p>Entries come column by column. Those of the last table are kept as they came until it is
 * complete, that is until the next table begins or somebody reads, and are then sorted by row.
 */
public final class SparseFeatures implements FeatureSink {

  private final int width;

  // The rows that are complete.
  private int[] offsets = {0};
  private int[] slots = {};
  private float[] values = {};
  private int rows;

  // The entries of the table that is not, as they came.
  private int pendingRows;
  private int pending;
  private int[] pendingRow = {};
  private int[] pendingSlot = {};
  private float[] pendingValue = {};

  /**
   * Creates features without rows.
   *
   * @param width how many slots each row has
   */
  public SparseFeatures(int width) {
    if (width < 0) {
      throw new IllegalArgumentException("width must be at least 0 but was " + width);
    }
    this.width = width;
  }

  @Override
  public void begin(int more) {
    complete();
    pendingRows = more;
  }

  @Override
  public void numbers(int slot, int row, float[] numbers, int count) {
    check(slot, row, count);
    for (int i = 0; i < count; i++) {
      if (numbers[i] != 0) {
        add(row + i, slot, numbers[i]);
      }
    }
  }

  @Override
  public void indicators(int firstSlot, int row, int[] indicators, int count) {
    check(firstSlot, row, count);
    for (int i = 0; i < count; i++) {
      if (indicators[i] >= 0) {
        add(row + i, firstSlot + indicators[i], 1);
      }
    }
  }

  @Override
  public void entries(int firstSlot, int row, int[] offsets, float[] numbers, int count) {
    for (int i = 0; i < count; i++) {
      check(firstSlot + offsets[i], row, 1);
      if (numbers[i] != 0) {
        add(row, firstSlot + offsets[i], numbers[i]);
      }
    }
  }

  private void check(int slot, int row, int count) {
    Objects.checkIndex(slot, width);
    Objects.checkFromIndexSize(row, count, pendingRows);
  }

  private void add(int row, int slot, float value) {
    if (pending == pendingRow.length) {
      int capacity = grown(pending, pending + 1L);
      pendingRow = Arrays.copyOf(pendingRow, capacity);
      pendingSlot = Arrays.copyOf(pendingSlot, capacity);
      pendingValue = Arrays.copyOf(pendingValue, capacity);
    }
    pendingRow[pending] = row;
    pendingSlot[pending] = slot;
    pendingValue[pending++] = value;
  }

  private static int grown(int capacity, long wanted) {
    final int most = Integer.MAX_VALUE - Long.BYTES;
    if (wanted > most) {
      throw new IllegalArgumentException(
          "entries must fit into one array but are " + wanted + "; take fewer rows at a time");
    }
    return (int) Math.max(wanted, Math.min(most, Math.max(1024, capacity + capacity / 2L)));
  }

  /** Sorts the pending entries by row, and by slot where they did not come so. */
  private void complete() {
    if (pendingRows == 0) {
      return;
    }
    int first = offsets[rows];
    if (first + (long) pending > slots.length) {
      int capacity = grown(slots.length, first + (long) pending);
      slots = Arrays.copyOf(slots, capacity);
      values = Arrays.copyOf(values, capacity);
    }
    if (rows + pendingRows >= offsets.length) {
      offsets = Arrays.copyOf(offsets, grown(offsets.length, rows + pendingRows + 1L));
    }
    int[] next = new int[pendingRows + 1];
    for (int i = 0; i < pending; i++) {
      next[pendingRow[i] + 1]++;
    }
    next[0] = first;
    for (int row = 0; row < pendingRows; row++) {
      next[row + 1] += next[row];
      offsets[rows + row + 1] = next[row + 1];
    }
    for (int i = 0; i < pending; i++) {
      insert(offsets[rows + pendingRow[i]], next[pendingRow[i]]++, pendingSlot[i], pendingValue[i]);
    }
    rows += pendingRows;
    pendingRows = 0;
    pending = 0;
  }

  /** Puts an entry at {@code end}, or before those from {@code begin} on that have larger slots. */
  private void insert(int begin, int end, int slot, float value) {
    int at = end;
    while (at > begin && slots[at - 1] > slot) {
      slots[at] = slots[at - 1];
      values[at] = values[at - 1];
      at--;
    }
    slots[at] = slot;
    values[at] = value;
  }

  /** Returns how many rows there are. */
  public int rows() {
    return rows + pendingRows;
  }

  /** Returns how many slots each row has. */
  public int width() {
    return width;
  }

  /** Returns how many numbers are not 0. */
  public int entries() {
    return offsets()[rows];
  }

  /**
   * Returns where the entries of each row begin: those of row {@code r} are at {@code offsets[r]}
   * to {@code offsets[r + 1] - 1}. The array may be longer than {@code rows() + 1}. Not a copy:
   * valid until the next table begins.
   */
  public int[] offsets() {
    complete();
    return offsets;
  }

  /** Returns the slot of each entry; the array may be longer. Valid until the next table begins. */
  public int[] slots() {
    complete();
    return slots;
  }

  /**
   * Returns the number of each entry; the array may be longer. Valid until the next table begins.
   */
  public float[] values() {
    complete();
    return values;
  }

  /** Returns the number in a slot of a row. */
  public float get(int row, int slot) {
    complete();
    Objects.checkIndex(slot, width);
    int begin = offsets[Objects.checkIndex(row, rows)];
    int found = Arrays.binarySearch(slots, begin, offsets[row + 1], slot);
    return found < 0 ? 0 : values[found];
  }

  /** Forgets all rows, but keeps the memory for others. */
  public void clear() {
    rows = 0;
    pendingRows = 0;
    pending = 0;
  }
}
