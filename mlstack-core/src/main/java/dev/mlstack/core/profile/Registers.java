package dev.mlstack.core.profile;

import dev.mlstack.core.math.Hashes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Estimates how many different values there were, from their hashes.
 *
 * <p>HyperLogLog (P. Flajolet, É. Fusy, O. Gandouet and F. Meunier, "HyperLogLog: the analysis of a
 * near-optimal cardinality estimation algorithm", 2007): the lowest bits of a hash choose one of
 * {@link #SIZE} registers, each of which keeps the greatest number of leading zeros, plus one. The
 * estimator is that of O. Ertl, "New cardinality estimation algorithms for HyperLogLog sketches",
 * 2017, section 2, which has no bias for small numbers. Its standard error is {@code 1.04 /
 * sqrt(1024)}, 3.3%. As registers keep maxima, neither order nor merging matters.
 */
final class Registers {

  /** How many bits of a hash choose the register. */
  static final int BITS = 10;

  /** How many registers there are: 1,024. */
  static final int SIZE = 1 << BITS;

  /** The standard error of the estimate, relative to the truth. */
  static final double STANDARD_ERROR = 1.04 / Math.sqrt(SIZE);

  /** The greatest value of a register: a hash has 54 bits beside those that choose it. */
  private static final int MAX = Long.SIZE - BITS + 1;

  private static final int LETTERS_FROM = '0';

  /** {@code 1 / (2 ln 2)}. */
  private static final double ALPHA = 0.7213475204444817;

  private final byte[] registers;

  /** No register is less. */
  private int least;

  private int added;

  Registers() {
    this(new byte[SIZE]);
  }

  private Registers(byte[] registers) {
    this.registers = registers;
    updateLeast();
  }

  Registers copy() {
    return new Registers(registers.clone());
  }

  /** Adds a hash. */
  void add(long hash) {
    // Few hashes of many begin with so many zeros that they could change a register.
    if ((hash >>> 1) >>> (Long.SIZE - 1 - least) == 0) {
      put((int) hash & (SIZE - 1), Long.numberOfLeadingZeros(hash | (SIZE - 1)) + 1);
    }
  }

  private void put(int index, int rank) {
    if (rank > registers[index]) {
      registers[index] = (byte) rank;
      if (++added == SIZE) {
        updateLeast();
      }
    }
  }

  private void updateLeast() {
    int min = MAX;
    for (byte register : registers) {
      min = Math.min(min, register);
    }
    least = min;
    added = 0;
  }

  /** Adds the hashes of whole numbers. */
  void addWholes(long[] numbers, int from, int to) {
    for (int i = from; i < to; i++) {
      add(Hashes.of(numbers[i]));
    }
  }

  void add(Registers other) {
    for (int i = 0; i < SIZE; i++) {
      registers[i] = (byte) Math.max(registers[i], other.registers[i]);
    }
    updateLeast();
  }

  /** Returns the estimate. */
  long estimate() {
    int[] counts = new int[MAX + 1];
    for (byte register : registers) {
      counts[register]++;
    }
    double z = SIZE * tau(1 - (double) counts[MAX] / SIZE);
    for (int rank = MAX - 1; rank >= 1; rank--) {
      z = 0.5 * (z + counts[rank]);
    }
    z += SIZE * sigma((double) counts[0] / SIZE);
    return (long) Math.rint(ALPHA * SIZE * SIZE / z);
  }

  private static double sigma(double share) {
    if (share == 1) {
      return Double.POSITIVE_INFINITY;
    }
    double x = share;
    double y = 1;
    double z = x;
    double before;
    do {
      x *= x;
      before = z;
      z += x * y;
      y += y;
    } while (z != before);
    return z;
  }

  private static double tau(double share) {
    if (share == 0 || share == 1) {
      return 0;
    }
    double x = share;
    double y = 1;
    double z = 1 - x;
    double before;
    do {
      x = Math.sqrt(x);
      before = z;
      y *= 0.5;
      z -= (1 - x) * (1 - x) * y;
    } while (z != before);
    return z / 3;
  }

  /** Returns one letter for each register: its value, counted from the letter 0. */
  String toText() {
    byte[] letters = new byte[SIZE];
    for (int i = 0; i < SIZE; i++) {
      // A backslash would be two letters in JSON.
      letters[i] = (byte) (registers[i] + LETTERS_FROM);
      letters[i] = letters[i] == '\\' ? (byte) '~' : letters[i];
    }
    return new String(letters, StandardCharsets.US_ASCII);
  }

  /**
   * Returns the registers that a text has.
   *
   * @throws IllegalArgumentException if it has none
   */
  static Registers fromText(String text) {
    if (text.length() != SIZE) {
      throw new IllegalArgumentException(
          "registers must be " + SIZE + " letters but are " + text.length());
    }
    byte[] registers = new byte[SIZE];
    for (int i = 0; i < SIZE; i++) {
      char letter = text.charAt(i);
      int value = (letter == '~' ? '\\' : letter) - LETTERS_FROM;
      if (value < 0 || value > MAX || letter == '\\') {
        throw new IllegalArgumentException("'" + letter + "' is no register");
      }
      registers[i] = (byte) value;
    }
    return new Registers(registers);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Registers that && Arrays.equals(registers, that.registers);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(registers);
  }
}
