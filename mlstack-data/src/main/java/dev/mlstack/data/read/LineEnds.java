package dev.mlstack.data.read;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Finds and counts the ends of lines, eight bytes at a time. */
final class LineEnds {

  private static final long ONES = 0x0101010101010101L;
  private static final long LOWS = 0x7F7F7F7F7F7F7F7FL;
  private static final long LFS = '\n' * ONES;
  private static final long CRS = '\r' * ONES;
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private LineEnds() {}

  /** Marks exactly the bytes that are zero, each with its highest bit. */
  private static long zeros(long word) {
    return ~(((word & LOWS) + LOWS) | word | LOWS);
  }

  /**
   * Returns how many lines end: with LF, with CRLF, or with a CR that no LF follows. A CR at the
   * limit counts.
   */
  static long count(byte[] bytes, int from, int limit) {
    long count = 0;
    int at = from;
    for (; at + Long.BYTES <= limit; at += Long.BYTES) {
      long word = (long) LONGS.get(bytes, at);
      count += Long.bitCount(zeros(word ^ LFS));
      long returns = zeros(word ^ CRS);
      if (returns != 0) {
        count += lone(bytes, at, limit, returns);
      }
    }
    for (; at < limit; at++) {
      if (bytes[at] == '\n' || (bytes[at] == '\r' && isLone(bytes, at, limit))) {
        count++;
      }
    }
    return count;
  }

  private static int lone(byte[] bytes, int at, int limit, long returns) {
    int count = 0;
    for (long rest = returns; rest != 0; rest &= rest - 1) {
      count += isLone(bytes, at + (Long.numberOfTrailingZeros(rest) >>> 3), limit) ? 1 : 0;
    }
    return count;
  }

  private static boolean isLone(byte[] bytes, int at, int limit) {
    return at + 1 >= limit || bytes[at + 1] != '\n';
  }

  /** Tells whether there is an odd number of a byte. */
  static boolean isOdd(byte[] bytes, int from, int limit, byte wanted) {
    long pattern = (wanted & 0xFF) * ONES;
    long marks = 0;
    int at = from;
    for (; at + Long.BYTES <= limit; at += Long.BYTES) {
      marks ^= zeros((long) LONGS.get(bytes, at) ^ pattern);
    }
    int count = Long.bitCount(marks);
    for (; at < limit; at++) {
      count += bytes[at] == wanted ? 1 : 0;
    }
    return (count & 1) != 0;
  }
}
