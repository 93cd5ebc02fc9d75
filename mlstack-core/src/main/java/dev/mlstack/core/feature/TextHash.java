package dev.mlstack.core.feature;

/**
 * A hash of texts that is the same on every platform for ever, because models depend on it. It
 * takes one UTF-16 unit after another: each is added with an exclusive or and multiplied in, as in
 * FNV-1a (G. Fowler, L. Noll, K. Vo), with a factor of 64 bits; at the end the bits are mixed as in
 * SplitMix64. Not for cryptography.
 */
final class TextHash {

  /** The hash of nothing, before it is mixed. */
  static final long START = 0xCBF29CE484222325L;

  private static final long FACTOR = 0x9E3779B97F4A7C15L;

  private TextHash() {}

  /** Returns a hash that goes on with one more unit. */
  static long add(long hash, char unit) {
    return (hash ^ unit) * FACTOR;
  }

  /** Returns the hash of a text, mixed. */
  static long of(String text) {
    long hash = START;
    for (int i = 0; i < text.length(); i++) {
      hash = add(hash, text.charAt(i));
    }
    return mix(hash);
  }

  /** Scrambles a hash so that each bit depends on all. */
  static long mix(long hash) {
    long z = hash;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** Returns the bucket of a mixed hash: its upper 32 bits, scaled to the number of buckets. */
  static int bucket(long mixed, int buckets) {
    return (int) (((mixed >>> 32) * buckets) >>> 32);
  }

  /** Returns 1 or -1, by a bit of a mixed hash that has little part in its bucket. */
  static int sign(long mixed) {
    return (mixed & 1) == 0 ? 1 : -1;
  }
}
