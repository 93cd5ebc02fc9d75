package dev.mlstack.data.read;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Finds and counts the ends of lines, eight bytes at a time. */
final class LineEnds {

  private static final long ONES = 0x0101010101010101L;
  private static final int BLOCK = 32;
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

  /** Marks bytes that are zero, and perhaps others, if there is one. */
  private static long anyZero(long word) {
    return (word - ONES) & ~word & ~LOWS;
  }

  /**
   * Returns how many lines end: with LF, with CRLF, or with a CR that no LF follows. A CR at the
   * limit counts.
   */
  static long count(byte[] bytes, int from, int limit) {
    long count = 0;
    int at = from;
    for (; at + BLOCK <= limit; at += BLOCK) {
      long a = (long) LONGS.get(bytes, at);
      long b = (long) LONGS.get(bytes, at + 8);
      long c = (long) LONGS.get(bytes, at + 16);
      long d = (long) LONGS.get(bytes, at + 24);
      // Each byte counts the line feeds in its place; their sum comes to stand in the highest.
      long feeds =
          (zeros(a ^ LFS) >>> 7)
              + (zeros(b ^ LFS) >>> 7)
              + (zeros(c ^ LFS) >>> 7)
              + (zeros(d ^ LFS) >>> 7);
      count += (feeds * ONES) >>> 56;
      if ((anyZero(a ^ CRS) | anyZero(b ^ CRS) | anyZero(c ^ CRS) | anyZero(d ^ CRS)) != 0) {
        count += loneReturns(bytes, at, at + BLOCK, limit);
      }
    }
    for (; at < limit; at++) {
      count += bytes[at] == '\n' ? 1 : 0;
      count += loneReturns(bytes, at, at + 1, limit);
    }
    return count;
  }

  private static int loneReturns(byte[] bytes, int from, int to, int limit) {
    int count = 0;
    for (int at = from; at < to; at++) {
      boolean lone = at + 1 >= limit || bytes[at + 1] != '\n';
      count += bytes[at] == '\r' && lone ? 1 : 0;
    }
    return count;
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
