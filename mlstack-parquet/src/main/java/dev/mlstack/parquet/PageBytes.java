package dev.mlstack.parquet;

import dev.mlstack.data.columnar.LittleEndian;
import java.util.Arrays;

/** Bytes of a page that is being written. */
final class PageBytes {

  private byte[] bytes = new byte[1 << 16];
  private int length;

  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  void clear() {
    length = 0;
  }

  private void reserve(int more) {
    long needed = (long) length + more;
    if (needed > bytes.length) {
      long grown = Math.min(Math.max(needed, 2L * bytes.length), Integer.MAX_VALUE - Long.BYTES);
      bytes = Arrays.copyOf(bytes, Math.toIntExact(Math.max(needed, grown)));
    }
  }

  void put(byte[] from, int at, int count) {
    reserve(count);
    System.arraycopy(from, at, bytes, length, count);
    length += count;
  }

  void putByte(int value) {
    reserve(1);
    bytes[length++] = (byte) value;
  }

  void putInt(int value) {
    reserve(Integer.BYTES);
    LittleEndian.put32(bytes, length, value);
    length += Integer.BYTES;
  }

  /** Sets a number that stands already. */
  void putIntAt(int at, int value) {
    LittleEndian.put32(bytes, at, value);
  }

  /** Appends a number, 7 bits in each byte (LEB128). */
  void putVarint(long value) {
    long left = value;
    while (left >= 0x80) {
      putByte((int) left | 0x80);
      left >>>= 7;
    }
    putByte((int) left);
  }

  /** Appends numbers as packed bits, in groups of eight (Parquet Format, "RLE/Bit-Packing"). */
  void putPacked(int[] numbers, int count, int bits) {
    int groups = (count + 7) / 8;
    putVarint((long) groups << 1 | 1);
    reserve(groups * bits + Long.BYTES);
    long buffer = 0;
    int filled = 0;
    for (int i = 0; i < groups * 8; i++) {
      long number = i < count ? numbers[i] : 0;
      buffer |= number << filled;
      filled += bits;
      while (filled >= Byte.SIZE) {
        bytes[length++] = (byte) buffer;
        buffer >>>= Byte.SIZE;
        filled -= Byte.SIZE;
      }
    }
  }

  /** Appends a run of equal numbers. */
  void putRun(int number, int count, int bits) {
    putVarint((long) count << 1);
    for (int i = 0; i < (bits + 7) / 8; i++) {
      putByte(number >> (i * Byte.SIZE));
    }
  }
}
