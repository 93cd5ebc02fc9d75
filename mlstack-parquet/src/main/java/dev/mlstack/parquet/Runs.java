package dev.mlstack.parquet;

import dev.mlstack.data.columnar.LittleEndian;
import java.util.Arrays;

/** Small numbers in runs of equal ones and of packed bits (Parquet Format, "RLE/Bit-Packing"). */
final class Runs {

  private static final int GROUP = 8;

  private final ByteRange in;
  private final int bits;
  private final long mask;
  private long left;
  private int value;
  private boolean packed;
  private long bitAt;

  Runs(ByteRange in, int bits) {
    if (bits > Integer.SIZE) {
      throw new IllegalArgumentException("numbers are said to have " + bits + " bits");
    }
    this.in = in;
    this.bits = bits;
    this.mask = (1L << bits) - 1;
  }

  private void nextRun() {
    long header = in.takeVarint();
    packed = (header & 1) != 0;
    left = header >>> 1;
    if (packed) {
      long bytes = Math.multiplyExact(left, (long) bits);
      left = Math.multiplyExact(left, (long) GROUP);
      bitAt = (long) in.at() * Byte.SIZE;
      // The last group may be cut off behind its last value.
      in.skip((int) Math.min(bytes, in.length()));
    } else {
      int bytes = (bits + 7) / 8;
      value = 0;
      for (int i = 0; i < bytes; i++) {
        value |= in.takeByte() << (i * Byte.SIZE);
      }
    }
  }

  /** Reads the next numbers. */
  void read(int count, int[] to) {
    int at = 0;
    while (at < count) {
      if (left == 0) {
        nextRun();
        continue;
      }
      int taken = (int) Math.min(left, count - at);
      if (packed) {
        unpack(taken, to, at);
      } else {
        Arrays.fill(to, at, at + taken, value);
      }
      at += taken;
      left -= taken;
    }
  }

  private void unpack(int count, int[] to, int from) {
    byte[] bytes = in.bytes();
    if (bitAt + (long) count * bits > (long) in.end() * Byte.SIZE) {
      throw new IllegalArgumentException("packed numbers are cut short");
    }
    long bit = bitAt;
    for (int i = from; i < from + count; i++) {
      // 57 bits at least are behind the first, and no number has more than 32.
      to[i] = (int) (LittleEndian.int64(bytes, (int) (bit >>> 3)) >>> (bit & 7) & mask);
      bit += bits;
    }
    bitAt = bit;
  }

  /**
   * Returns how many of the next numbers, up to {@code count}, are all the same without reading.
   */
  int equal(int count, int wanted) {
    if (left == 0) {
      nextRun();
    }
    if (packed || value != wanted) {
      return 0;
    }
    int taken = (int) Math.min(left, count);
    left -= taken;
    return taken;
  }
}
