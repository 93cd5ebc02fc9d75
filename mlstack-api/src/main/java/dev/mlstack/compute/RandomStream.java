package dev.mlstack.compute;

/**
 * A stream of random numbers that is a pure function of a seed, a name and an index.
 *
 * <p>Nothing is consumed: the draw for index 7 is the same whether or not index 6 was ever drawn,
 * on every thread and machine. Rows are drawn for by their identity, steps by their number.
 *
 * <p>The bits are those of SplitMix64 (G. Steele, D. Lea and C. Flood, "Fast splittable
 * pseudorandom number generators", OOPSLA 2014) taken at a random position, which passes BigCrush.
 * Not for cryptography.
 */
public final class RandomStream {

  private static final long GOLDEN = 0x9E3779B97F4A7C15L;
  private static final double UNIT = 0x1.0p-53;

  private final long key;

  private RandomStream(long key) {
    this.key = key;
  }

  /**
   * Returns the stream of a seed and a name.
   *
   * @param seed the seed of the whole operation
   * @param name what the numbers are for, such as {@code split}; streams of different names are
   *     independent
   */
  public static RandomStream of(long seed, String name) {
    return new RandomStream(mix(seed + GOLDEN)).child(name);
  }

  /** Returns the stream below this one with the given name. */
  public RandomStream child(String name) {
    long hash = key;
    for (int i = 0; i < name.length(); i++) {
      hash = mix(hash ^ (name.charAt(i) + GOLDEN));
    }
    return new RandomStream(mix(hash + name.length()));
  }

  /** Returns the stream below this one with the given number, such as that of an epoch. */
  public RandomStream child(long number) {
    return new RandomStream(mix(mix(key ^ GOLDEN) + number));
  }

  /** Returns 64 random bits. */
  public long bits(long index) {
    return mix(key + GOLDEN * (index + 1));
  }

  /** Returns a number from 0 (inclusive) to 1 (exclusive): a multiple of 2<sup>-53</sup>. */
  public double uniform(long index) {
    return (bits(index) >>> 11) * UNIT;
  }

  /**
   * Returns a whole number from 0 (inclusive) to {@code bound} (exclusive). No number's probability
   * is off by more than 2<sup>-32</sup>.
   *
   * @param bound 1 or more
   */
  public int below(int bound, long index) {
    if (bound < 1) {
      throw new IllegalArgumentException("bound must be at least 1 but was " + bound);
    }
    return (int) (((bits(index) >>> 32) * bound) >>> 32);
  }

  /** Returns the numbers from 0 to {@code size - 1} in random order (Fisher and Yates). */
  public int[] permutation(int size) {
    int[] order = new int[size];
    for (int i = 0; i < size; i++) {
      int j = below(i + 1, i);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }

  /** Scrambles 64 bits so that each input bit changes about half of the output bits. */
  static long mix(long value) {
    long z = value;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
