package dev.mlstack.table;

import java.util.Arrays;

/**
 * The UTF-8 bytes of the texts of some rows, one behind the other. Used again and again, so that
 * reading block after block allocates nothing. Not safe for use by several threads at once.
 */
public final class Utf8Block {

  private static final int MAX_BYTES_OF_UNIT = 3;

  private int[] offsets = {0};
  private byte[] bytes = {};
  private int count;

  /** Creates a block without texts. */
  public Utf8Block() {}

  /**
   * Makes room for texts whose offsets and bytes the caller then writes into {@link #offsets()} and
   * {@link #bytes()}.
   *
   * @param newCount how many texts there will be
   * @param byteLength how many bytes they have together
   */
  public void resize(int newCount, int byteLength) {
    count = newCount;
    if (offsets.length <= newCount) {
      offsets = new int[newCount + 1];
    }
    if (bytes.length < byteLength) {
      bytes = new byte[byteLength];
    }
  }

  /** Removes all texts. */
  public void clear() {
    count = 0;
    offsets[0] = 0;
  }

  /**
   * Appends a text. Half a surrogate pair becomes a question mark.
   *
   * @throws OutOfMemoryError if all texts have more than 2 GB
   */
  public void append(String text) {
    int at = offsets[count];
    long needed = at + (long) text.length() * MAX_BYTES_OF_UNIT;
    if (needed > bytes.length) {
      bytes = Arrays.copyOf(bytes, (int) Math.min(Integer.MAX_VALUE - 8, 2 * needed));
    }
    if (count + 1 == offsets.length) {
      offsets = Arrays.copyOf(offsets, 2 * offsets.length);
    }
    offsets[++count] = encode(text, at);
  }

  /** Writes the bytes of a text; returns where they end. */
  private int encode(String text, int from) {
    int at = from;
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      if (unit < 0x80) {
        bytes[at++] = (byte) unit;
      } else if (unit < 0x800) {
        bytes[at++] = (byte) (0xC0 | (unit >> 6));
        at = continued(unit, at);
      } else if (!Character.isSurrogate(unit)) {
        bytes[at++] = (byte) (0xE0 | (unit >> 12));
        at = continued(unit, continued(unit >> 6, at));
      } else if (isPair(text, i)) {
        int point = Character.toCodePoint(unit, text.charAt(++i));
        bytes[at++] = (byte) (0xF0 | (point >> 18));
        at = continued(point, continued(point >> 6, continued(point >> 12, at)));
      } else {
        bytes[at++] = '?';
      }
    }
    return at;
  }

  private static boolean isPair(String text, int high) {
    return high + 1 < text.length()
        && Character.isSurrogatePair(text.charAt(high), text.charAt(high + 1));
  }

  /** Writes a byte with the lowest six bits; returns where the next stands. */
  private int continued(int bits, int at) {
    bytes[at] = (byte) (0x80 | (bits & 0x3F));
    return at + 1;
  }

  /** Returns where the texts begin; the last is where they end. */
  public int[] offsets() {
    return offsets;
  }

  /** Returns how many texts there are. */
  public int count() {
    return count;
  }

  /** Returns the array that has the bytes of all texts. */
  public byte[] bytes() {
    return bytes;
  }

  /** Returns where in {@link #bytes()} a text begins. */
  public int start(int index) {
    return offsets[index];
  }

  /** Returns how many bytes a text has. */
  public int length(int index) {
    return offsets[index + 1] - offsets[index];
  }
}
