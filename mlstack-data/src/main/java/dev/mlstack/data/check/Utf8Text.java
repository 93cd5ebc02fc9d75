package dev.mlstack.data.check;

import dev.mlstack.table.Utf8Block;
import java.nio.charset.StandardCharsets;

/**
 * The letters of a text of a block, looked at where they are if all of them are ASCII. Used for one
 * text after another, by one thread.
 */
final class Utf8Text implements CharSequence {

  private byte[] bytes = {};
  private int start;
  private int length;

  /** Returns the letters of a text, until it is asked for those of another. */
  CharSequence of(Utf8Block block, int index) {
    bytes = block.bytes();
    start = block.start(index);
    length = block.length(index);
    for (int i = start; i < start + length; i++) {
      if (bytes[i] < 0) {
        return new String(bytes, start, length, StandardCharsets.UTF_8);
      }
    }
    return this;
  }

  /** Returns how many code points a text has: all bytes but those that continue one. */
  static int codePoints(Utf8Block block, int index) {
    int end = block.start(index) + block.length(index);
    int points = 0;
    for (int i = block.start(index); i < end; i++) {
      points += (block.bytes()[i] & 0xC0) == 0x80 ? 0 : 1;
    }
    return points;
  }

  @Override
  public int length() {
    return length;
  }

  @Override
  public char charAt(int index) {
    return (char) bytes[start + index];
  }

  @Override
  public CharSequence subSequence(int from, int to) {
    return toString().substring(from, to);
  }

  @Override
  public String toString() {
    return new String(bytes, start, length, StandardCharsets.US_ASCII);
  }
}
