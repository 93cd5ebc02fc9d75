package dev.mlstack.parquet;

import dev.mlstack.data.columnar.LittleEndian;
import java.util.Objects;

/** Some bytes, of which pieces are taken off the front. */
final class ByteRange {

  private final byte[] bytes;
  private int at;
  private final int end;

  /** Creates a range; behind its end the array has {@link PageReader#SLACK_BYTES} more. */
  ByteRange(byte[] bytes, int from, int length) {
    Objects.checkFromIndexSize(from, length, bytes.length);
    this.bytes = bytes;
    this.at = from;
    this.end = from + length;
  }

  byte[] bytes() {
    return bytes;
  }

  /** Returns the index of the first byte. */
  int at() {
    return at;
  }

  /** Returns the index behind the last byte. */
  int end() {
    return end;
  }

  int length() {
    return end - at;
  }

  /** Takes bytes off the front. */
  ByteRange take(int length) {
    skip(length);
    return new ByteRange(bytes, at - length, length);
  }

  void skip(int length) {
    if (length < 0 || length > end - at) {
      throw new IllegalArgumentException(
          length + " bytes are said to follow where there are " + (end - at));
    }
    at += length;
  }

  int takeInt() {
    skip(Integer.BYTES);
    return LittleEndian.int32(bytes, at - Integer.BYTES);
  }

  int takeByte() {
    skip(1);
    return bytes[at - 1] & 0xFF;
  }

  /** Takes a number without a sign, 7 bits in each byte (LEB128). */
  long takeVarint() {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      int next = takeByte();
      value |= (long) (next & 0x7F) << shift;
      if (next < 0x80) {
        return value;
      }
    }
    throw new IllegalArgumentException("a number takes more than 64 bits");
  }

  /** Takes a number whose lowest bit is the sign. */
  long takeZigzag() {
    long value = takeVarint();
    return value >>> 1 ^ -(value & 1);
  }
}
