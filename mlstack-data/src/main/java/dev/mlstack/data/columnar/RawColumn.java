package dev.mlstack.data.columnar;

import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The values of a column as they stand in a file, in the form that its {@link ColumnType} says.
 * Used again and again. For use by one thread at a time.
 *
 * <p>Invariants, once a file has filled it:
 *
 * <ol>
 *   <li>The bit of a row is 1 if it has a value.
 *   <li>Values of a fixed width stand one behind the other; what stands where one is missing does
 *       not matter.
 *   <li>Values of any length have the bytes between their offsets, which begin at 0 and never fall.
 * </ol>
 */
public final class RawColumn {

  /** The most bytes that the values of a column may take in one batch: 1 GiB. */
  public static final int MAX_BYTES = 1 << 30;

  private byte[] validity = {};
  private byte[] values = {};
  private int[] offsets = {0};
  private int rows;
  private final SortedMap<Integer, String> flaws = new TreeMap<>();

  /** Creates a column without rows. */
  public RawColumn() {}

  /**
   * Starts anew: no row has a value.
   *
   * @param newRows how many rows there are
   * @param width how many bytes a value takes; -1 if that depends on it
   */
  public void start(int newRows, int width) {
    rows = newRows;
    flaws.clear();
    int bytes = (newRows + 7) / 8;
    if (validity.length < bytes) {
      validity = new byte[bytes];
    } else {
      Arrays.fill(validity, 0, bytes, (byte) 0);
    }
    if (width >= 0) {
      reserve((long) newRows * width);
    } else if (offsets.length <= newRows) {
      offsets = new int[newRows + 1];
    }
  }

  /** Returns how many rows there are. */
  public int rows() {
    return rows;
  }

  /** Returns the bits, least significant first. */
  public byte[] validity() {
    return validity;
  }

  /** Says that a row has a value. */
  public void setPresent(int row) {
    validity[row >> 3] |= (byte) (1 << (row & 7));
  }

  /** Says that some rows have values. */
  public void setPresent(int from, int count) {
    int row = from;
    int end = from + count;
    while (row < end && (row & 7) != 0) {
      setPresent(row++);
    }
    int whole = (end - row) >> 3;
    Arrays.fill(validity, row >> 3, (row >> 3) + whole, (byte) -1);
    for (row += whole << 3; row < end; row++) {
      setPresent(row);
    }
  }

  /** Tells whether a row has a value. */
  public boolean isPresent(int row) {
    return (validity[row >> 3] >> (row & 7) & 1) != 0;
  }

  /**
   * Says that the value of a row cannot be kept.
   *
   * @param reason what is wrong with it, as one sentence without a full stop
   */
  public void setFlaw(int row, String reason) {
    flaws.put(row, reason);
  }

  /** Returns the rows whose values cannot be kept, and why. */
  SortedMap<Integer, String> flaws() {
    return flaws;
  }

  /** Returns the bytes of the values. */
  public byte[] values() {
    return values;
  }

  /**
   * Makes room for bytes of values, and keeps those that are there.
   *
   * @return the bytes
   * @throws IllegalArgumentException if they are more than {@link #MAX_BYTES}
   */
  public byte[] reserve(long bytes) {
    if (bytes > MAX_BYTES || bytes < 0) {
      throw new IllegalArgumentException(
          "the values of " + rows + " rows take " + bytes + " bytes, more than " + MAX_BYTES);
    }
    if (values.length < bytes) {
      values =
          Arrays.copyOf(values, (int) Math.min(MAX_BYTES, Math.max(bytes, 2L * values.length)));
    }
    return values;
  }

  /** Returns where values begin and where the last one ends, if they have any length. */
  public int[] offsets() {
    return offsets;
  }

  /** Returns how many rows have no value. */
  int nulls() {
    int present = 0;
    for (int i = 0; i < rows >> 3; i++) {
      present += Integer.bitCount(validity[i] & 0xFF);
    }
    for (int row = rows & ~7; row < rows; row++) {
      present += isPresent(row) ? 1 : 0;
    }
    return rows - present;
  }

  /** Sets the bytes of missing values to 0. */
  void clearMissing(int width) {
    for (int row = 0; row < rows; row++) {
      if (!isPresent(row)) {
        Arrays.fill(values, row * width, (row + 1) * width, (byte) 0);
      }
    }
  }
}
