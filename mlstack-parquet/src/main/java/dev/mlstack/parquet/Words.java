package dev.mlstack.parquet;

import dev.mlstack.data.columnar.LittleEndian;
import java.util.Arrays;

/**
 * The values of a dictionary.
 *
 * @param count how many
 * @param bytes their bytes, with some more behind the last
 * @param offsets where they begin and the last one ends; empty if they have a fixed width
 */
record Words(int count, byte[] bytes, int[] offsets) {

  /** Reads the values of a page. */
  static Words of(Leaf leaf, byte[] page, int length, int count) {
    int width = leaf.physicalWidth();
    int least = width < 0 ? Integer.BYTES : width;
    if (count < 0 || (long) count * least > length) {
      throw new IllegalArgumentException(
          "a dictionary of " + length + " bytes says it has " + count + " values");
    }
    if (width >= 0) {
      return new Words(
          count, Arrays.copyOf(page, count * width + PageReader.SLACK_BYTES), new int[0]);
    }
    byte[] bytes = new byte[length + PageReader.SLACK_BYTES];
    int[] offsets = new int[count + 1];
    ByteRange in = new ByteRange(page, 0, length);
    for (int i = 0; i < count; i++) {
      int size = in.takeInt();
      in.skip(size);
      System.arraycopy(page, in.at() - size, bytes, offsets[i], size);
      offsets[i + 1] = offsets[i] + size;
    }
    return new Words(count, bytes, offsets);
  }

  /**
   * Copies 16 bytes, of which those behind the text do not matter: faster than the exact number.
   */
  static void copyShort(byte[] from, int at, byte[] to, int end) {
    LittleEndian.put64(to, end, LittleEndian.int64(from, at));
    LittleEndian.put64(to, end + Long.BYTES, LittleEndian.int64(from, at + Long.BYTES));
  }
}
