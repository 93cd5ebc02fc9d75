package dev.mlstack.data.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Reads runs of decimal digits, eight at a time. The last value is kept in a field, so that nothing
 * is allocated; not safe for use by several threads at once.
 */
final class Digits {

  /** The most digits whose value surely fits into an unsigned long: 19. */
  static final int MAX_UNSIGNED = 19;

  private static final long ZEROS = 0x3030303030303030L;
  private static final long HIGHS = 0x8080808080808080L;
  private static final long LOWS = 0x7F7F7F7F7F7F7F7FL;
  private static final long TO_HIGH = 0x7676767676767676L;
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long[] POWERS = {
    1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000
  };

  private long value;

  /** Returns the number that all digits since {@link #clear} write, modulo 2 to the 64. */
  long value() {
    return value;
  }

  void clear() {
    value = 0;
  }

  /** Appends the digits that stand here and returns the index behind the last of them. */
  int read(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to) {
      if (at + Long.BYTES > bytes.length) {
        return readSingly(bytes, at, to);
      }
      long word = (long) LONGS.get(bytes, at) ^ ZEROS;
      int count = count(word, to - at);
      if (count < Long.BYTES) {
        if (count > 0) {
          value = value * POWERS[count] + eight(word << (Long.SIZE - Byte.SIZE * count));
        }
        return at + count;
      }
      value = value * POWERS[Long.BYTES] + eight(word);
      at += Long.BYTES;
    }
    return at;
  }

  /** Returns how many of the lowest bytes are below ten, and no more than a limit. */
  private static int count(long word, int limit) {
    long others = (((word & LOWS) + TO_HIGH) | word) & HIGHS;
    return Math.min(limit, Long.numberOfTrailingZeros(others) >>> 3);
  }

  /**
   * Returns the number that eight digits write, the lowest byte first: pairs, then groups of four,
   * then all are joined by one multiplication each (D. Lemire, "Number parsing at a gigabyte per
   * second", 2021).
   */
  private static long eight(long digits) {
    long pairs = digits * 10 + (digits >>> 8);
    final long mask = 0x000000FF000000FFL;
    final long first = 0x000F424000000064L;
    final long second = 0x0000271000000001L;
    return ((pairs & mask) * first + ((pairs >>> 16) & mask) * second) >>> 32;
  }

  private int readSingly(byte[] bytes, int from, int to) {
    int at = from;
    for (; at < to && bytes[at] >= '0' && bytes[at] <= '9'; at++) {
      value = value * 10 + bytes[at] - '0';
    }
    return at;
  }

  /** Returns the index behind the digits that stand here. */
  static int end(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && at + Long.BYTES <= bytes.length) {
      int count = count((long) LONGS.get(bytes, at) ^ ZEROS, to - at);
      at += count;
      if (count < Long.BYTES) {
        return at;
      }
    }
    while (at < to && bytes[at] >= '0' && bytes[at] <= '9') {
      at++;
    }
    return at;
  }
}
