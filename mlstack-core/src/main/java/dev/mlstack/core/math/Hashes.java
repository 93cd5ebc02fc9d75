package dev.mlstack.core.math;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * 64-bit hashes of whole numbers and texts. They reach stored profiles, so they never change.
 *
 * <p>A whole number is hashed by the finaliser of SplitMix64 (G. Steele, D. Lea and C. Flood, "Fast
 * splittable pseudorandom number generators", OOPSLA 2014), which is a bijection. The bytes of a
 * text are taken in words of eight, little-endian: each is xored to the state, which is multiplied
 * and folded. The last word overlaps the one before; texts of up to eight bytes have one word,
 * filled up with zeros, which is taken twice. The state begins with the length.
 */
public final class Hashes {

  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private Hashes() {}

  /** Returns the hash of a whole number. */
  public static long of(long number) {
    long z = number + GOLDEN;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** Returns the hash of {@code length} bytes. */
  public static long of(byte[] bytes, int from, int length) {
    return of(bytes, from, length, start(bytes, from, length), end(bytes, from, length));
  }

  /** Returns the hash of {@code length} bytes, the first and last eight of which are given. */
  public static long of(byte[] bytes, int from, int length, long start, long end) {
    long state = (length + 1) * GOLDEN;
    state = next(state, start);
    int last = from + length - Long.BYTES;
    for (int at = from + Long.BYTES; at < last; at += Long.BYTES) {
      state = next(state, word(bytes, at));
    }
    return of(state ^ end);
  }

  private static long next(long state, long word) {
    long mixed = (state ^ word) * 0xBF58476D1CE4E5B9L;
    return mixed ^ (mixed >>> 32);
  }

  /** Returns the first eight bytes of a text, or all of them and zeros. */
  public static long start(byte[] bytes, int from, int length) {
    if (from + Long.BYTES > bytes.length) {
      return shortWord(bytes, from, length);
    }
    return word(bytes, from) & mask(length);
  }

  /** Returns the last eight bytes of a text, or all of them and zeros. */
  public static long end(byte[] bytes, int from, int length) {
    int last = from + Math.max(0, length - Long.BYTES);
    if (last + Long.BYTES > bytes.length) {
      return shortWord(bytes, last, Math.min(length, Long.BYTES));
    }
    return word(bytes, last) & mask(length);
  }

  private static long mask(int length) {
    return length >= Long.BYTES ? -1L : (1L << (Byte.SIZE * length)) - 1;
  }

  private static long shortWord(byte[] bytes, int from, int length) {
    long word = 0;
    for (int i = 0; i < Math.min(length, Long.BYTES); i++) {
      word |= (bytes[from + i] & 0xFFL) << (Byte.SIZE * i);
    }
    return word;
  }

  /** Returns eight bytes as a word. */
  public static long word(byte[] bytes, int at) {
    return (long) WORDS.get(bytes, at);
  }

  /** Tells whether the bytes between the first and the last eight of two texts are equal. */
  public static boolean sameMiddle(
      byte[] left, int leftFrom, byte[] right, int rightFrom, int length) {
    for (int i = Long.BYTES; i < length - Long.BYTES; i += Long.BYTES) {
      if (word(left, leftFrom + i) != word(right, rightFrom + i)) {
        return false;
      }
    }
    return true;
  }
}
