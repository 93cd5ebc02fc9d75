package dev.mlstack.core.feature;

import dev.mlstack.feature.FeatureSink;
import java.util.Arrays;
import java.util.Objects;

/**
 * Encoded features as one array, row by row. Grows as tables come. Not safe for use by several
 * threads at once.
 *
 * <pre>{@code
 * DenseFeatures features = new DenseFeatures(pipeline.layout().width());
 * dataset.forEach(table -> pipeline.apply(table, features));
 * }</pre>
 */
public final class DenseFeatures implements FeatureSink {

  private final int width;
  private float[] values = {};
  private int base;
  private int rows;

  /**
   * Creates features without rows.
   *
   * @param width how many numbers each row has
   */
  public DenseFeatures(int width) {
    if (width < 0) {
      throw new IllegalArgumentException("width must be at least 0 but was " + width);
    }
    this.width = width;
  }

  @Override
  public void begin(int more) {
    long wanted = (rows + (long) more) * width;
    if (wanted > Integer.MAX_VALUE - Long.BYTES) {
      throw new IllegalArgumentException(
          "rows must fit into one array of "
              + Integer.MAX_VALUE
              + " numbers but "
              + (rows + (long) more)
              + " rows of width "
              + width
              + " do not; take fewer at a time, or sparse features");
    }
    if (wanted > values.length) {
      long grown = Math.min(Integer.MAX_VALUE - Long.BYTES, values.length + values.length / 2L);
      values = Arrays.copyOf(values, (int) Math.max(wanted, rows == 0 ? 0 : grown));
    }
    base = rows;
    rows += more;
    Arrays.fill(values, base * width, (int) wanted, 0);
  }

  @Override
  public void numbers(int slot, int row, float[] numbers, int count) {
    int at = place(slot, row, count);
    for (int i = 0; i < count; i++) {
      values[at] = numbers[i];
      at += width;
    }
  }

  @Override
  public void indicators(int firstSlot, int row, int[] offsets, int count) {
    int at = place(firstSlot, row, count);
    for (int i = 0; i < count; i++) {
      if (offsets[i] >= 0) {
        values[at + offsets[i]] = 1;
      }
      at += width;
    }
  }

  @Override
  public void entries(int firstSlot, int row, int[] offsets, float[] numbers, int count) {
    for (int i = 0; i < count; i++) {
      values[place(firstSlot + offsets[i], row, 1)] = numbers[i];
    }
  }

  private int place(int slot, int row, int count) {
    Objects.checkFromIndexSize(row, count, rows - base);
    return (base + row) * width + Objects.checkIndex(slot, width);
  }

  /** Returns how many rows there are. */
  public int rows() {
    return rows;
  }

  /** Returns how many numbers each row has. */
  public int width() {
    return width;
  }

  /** Returns the number in a slot of a row. */
  public float get(int row, int slot) {
    return values[Objects.checkIndex(row, rows) * width + Objects.checkIndex(slot, width)];
  }

  /**
   * Returns all numbers, row by row: the first {@code rows() * width()} of the array, which may be
   * longer. Not a copy: valid until the next table begins.
   */
  public float[] values() {
    return values;
  }

  /** Forgets all rows, but keeps the memory for others. */
  public void clear() {
    base = 0;
    rows = 0;
  }
}
