package dev.mlstack.core.math;

/**
 * A sum of doubles without any rounding until it is read.
 *
 * <p>The sum is a fixed-point number wide enough for every double, kept in chunks of 32 bits with
 * room for carries (R. Neal, "Fast exact summation using small and large superaccumulators", 2015,
 * section 2). So the order of additions does not matter, sums of parts merge to the sum of the
 * whole, and {@link #value()} is the true sum, rounded once to the nearest double. Adding costs
 * some 4 ns, reading some 50.
 *
 * <p>Invariants:
 *
 * <ol>
 *   <li>The sum is {@code sum over i of chunks[i] * 2^(32 i - 1074)}, while {@code specials} is 0.
 *   <li>At most {@link #CARRY_LIMIT} additions lie between two calls of {@code carry}, so that no
 *       chunk overflows.
 * </ol>
 *
 * <p>Not safe for use by several threads at once, not even if all of them only read it.
 */
public final class ExactSum {

  private static final int CHUNK_BITS = 32;
  private static final long CHUNK_MASK = 0xFFFFFFFFL;

  /** 2,098 bits of doubles, 64 bits of carries above them, one chunk for their sign. */
  static final int CHUNKS = 69;

  /** Each addition changes a chunk by less than 2^33. */
  private static final int CARRY_LIMIT = 1 << 29;

  private static final int MANTISSA_BITS = 52;
  private static final long MANTISSA_MASK = (1L << MANTISSA_BITS) - 1;
  private static final int EXPONENT_MASK = 0x7FF;
  private static final int MIN_BIT_EXPONENT = -1074;

  private final long[] chunks;
  private double specials;
  private int additions;

  /** Creates the sum of nothing, which is 0. */
  public ExactSum() {
    this(new long[CHUNKS], 0);
  }

  /** Creates a sum from its parts. Takes ownership of the chunks. */
  ExactSum(long[] chunks, double specials) {
    this.chunks = chunks;
    this.specials = specials;
  }

  /** Adds a number. */
  public void add(double x) {
    long bits = Double.doubleToRawLongBits(x);
    int exponent = (int) (bits >>> MANTISSA_BITS) & EXPONENT_MASK;
    long mantissa = bits & MANTISSA_MASK;
    if (exponent == EXPONENT_MASK) {
      specials += x;
      return;
    }
    if (exponent == 0) {
      exponent = 1;
    } else {
      mantissa |= 1L << MANTISSA_BITS;
    }
    int position = exponent - 1;
    int shift = position & (CHUNK_BITS - 1);
    int chunk = position >>> 5;
    long low = (mantissa & CHUNK_MASK) << shift;
    long high = (mantissa >>> CHUNK_BITS) << shift;
    long middle = (low >>> CHUNK_BITS) + (high & CHUNK_MASK);
    // All ones if the number is negative: (v ^ sign) - sign is v or -v, without a branch.
    long sign = bits >> (Long.SIZE - 1);
    chunks[chunk] += ((low & CHUNK_MASK) ^ sign) - sign;
    chunks[chunk + 1] += (middle ^ sign) - sign;
    chunks[chunk + 2] += ((high >>> CHUNK_BITS) ^ sign) - sign;
    if (++additions == CARRY_LIMIT) {
      carry();
    }
  }

  /** Adds {@code count} numbers of an array, the first at {@code from}. */
  public void add(double[] values, int from, int count) {
    for (int i = from; i < from + count; i++) {
      add(values[i]);
    }
  }

  /** Adds another sum, which stays as it is in value. */
  public void add(ExactSum other) {
    carry();
    other.carry();
    for (int i = 0; i < CHUNKS; i++) {
      chunks[i] += other.chunks[i];
    }
    specials += other.specials;
    carry();
  }

  /** Brings every chunk but the last into 0 to 2^32 - 1. */
  private void carry() {
    long carried = 0;
    for (int i = 0; i < CHUNKS - 1; i++) {
      long chunk = chunks[i] + carried;
      chunks[i] = chunk & CHUNK_MASK;
      carried = chunk >> CHUNK_BITS;
    }
    chunks[CHUNKS - 1] += carried;
    additions = 0;
  }

  /**
   * Returns the sum, rounded to the nearest double, ties to even; infinite if it is beyond the
   * range of doubles. It is NaN if a NaN or infinities of both signs were added, and 0.0 (never
   * -0.0) if nothing was or all cancels out.
   */
  public double value() {
    if (specials != 0) {
      // One NaN for all: which one an addition gives differs between processors.
      return Double.isNaN(specials) ? Double.NaN : specials;
    }
    carry();
    if (chunks[CHUNKS - 1] >= 0) {
      return magnitude(chunks);
    }
    long[] negated = new long[CHUNKS];
    long carried = 0;
    for (int i = 0; i < CHUNKS; i++) {
      long chunk = carried - chunks[i];
      negated[i] = i == CHUNKS - 1 ? chunk : chunk & CHUNK_MASK;
      carried = chunk >> CHUNK_BITS;
    }
    return -magnitude(negated);
  }

  /** Returns the value of chunks that are all between 0 and 2^32 - 1. */
  private static double magnitude(long[] chunks) {
    int top = CHUNKS - 1;
    while (top >= 0 && chunks[top] == 0) {
      top--;
    }
    if (top < 0) {
      return 0;
    }
    long head = (chunks[top] << CHUNK_BITS) | at(chunks, top - 1);
    int leading = Long.numberOfLeadingZeros(head);
    long next = at(chunks, top - 2);
    head = leading == 0 ? head : (head << leading) | (next >>> (CHUNK_BITS - leading));
    boolean rest = ((next << leading) & CHUNK_MASK) != 0;
    for (int i = top - 3; i >= 0 && !rest; i--) {
      rest = chunks[i] != 0;
    }
    int exponent = CHUNK_BITS * (top - 1) - leading + MIN_BIT_EXPONENT;
    return Math.scalb(roundTo53Bits(head, rest), exponent);
  }

  private static long at(long[] chunks, int index) {
    return index < 0 ? 0 : chunks[index];
  }

  /** Returns 64 bits, of which the first is 1, rounded to 53; {@code rest} is what lies below. */
  private static double roundTo53Bits(long head, boolean rest) {
    final int dropped = 11;
    final long half = 1L << (dropped - 1);
    long kept = head >>> dropped;
    long lost = head & ((1L << dropped) - 1);
    boolean up = lost > half || (lost == half && (rest || (kept & 1) == 1));
    return (double) (up ? kept + 1 : kept) * (1L << dropped);
  }
}
