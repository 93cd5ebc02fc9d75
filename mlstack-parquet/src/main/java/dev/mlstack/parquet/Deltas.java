package dev.mlstack.parquet;

import dev.mlstack.data.columnar.LittleEndian;

/** Whole numbers by their differences (Parquet Format, "DELTA_BINARY_PACKED"). */
final class Deltas {

  private static final int MAX_BLOCK = 1 << 16;

  private final ByteRange in;
  private final int miniblocks;
  private final long total;
  private final long[] block;
  private final int[] widths;
  private long given;
  private long last;
  private int miniblock;
  private long least;
  private int at;
  private int filled;

  Deltas(ByteRange in) {
    this.in = in;
    long blockSize = in.takeVarint();
    long count = in.takeVarint();
    this.total = in.takeVarint();
    this.last = in.takeZigzag();
    if (blockSize < 1 || blockSize > MAX_BLOCK || count < 1 || blockSize % count != 0) {
      throw new IllegalArgumentException("differences come in " + blockSize + " of " + count);
    }
    this.miniblocks = (int) count;
    this.block = new long[(int) (blockSize / count)];
    if (block.length % 8 != 0) {
      throw new IllegalArgumentException("differences come in blocks of " + block.length);
    }
    this.widths = new int[miniblocks];
    this.miniblock = miniblocks;
  }

  /** Returns how many numbers there are. */
  long total() {
    return total;
  }

  long next() {
    if (given >= total) {
      throw new IllegalArgumentException("differences end too early");
    }
    if (given++ > 0) {
      if (at == filled) {
        fill();
      }
      last += block[at++];
    }
    return last;
  }

  private void fill() {
    if (miniblock == miniblocks) {
      least = in.takeZigzag();
      for (int i = 0; i < miniblocks; i++) {
        widths[i] = in.takeByte();
      }
      miniblock = 0;
    }
    int width = widths[miniblock++];
    if (width > Long.SIZE) {
      throw new IllegalArgumentException("differences have " + width + " bits");
    }
    unpack(width);
    at = 0;
    filled = block.length;
  }

  private void unpack(int width) {
    long bit = (long) in.at() * Byte.SIZE;
    in.skip(block.length / 8 * width);
    byte[] bytes = in.bytes();
    long mask = width == Long.SIZE ? -1 : (1L << width) - 1;
    for (int i = 0; i < block.length; i++) {
      int from = (int) (bit >>> 3);
      int shift = (int) (bit & 7);
      long value = LittleEndian.int64(bytes, from) >>> shift;
      if (shift + width > Long.SIZE) {
        value |= (long) bytes[from + Long.BYTES] << (Long.SIZE - shift);
      }
      block[i] = (value & mask) + least;
      bit += width;
    }
  }

  /** Reads all numbers, which must not be negative, and passes over what is left of the block. */
  int[] lengths(int most) {
    if (total > most) {
      throw new IllegalArgumentException(total + " lengths are there for " + most + " texts");
    }
    int[] lengths = new int[(int) total];
    for (int i = 0; i < lengths.length; i++) {
      long length = next();
      if (length < 0 || length > Integer.MAX_VALUE) {
        throw new IllegalArgumentException("a text has " + length + " bytes");
      }
      lengths[i] = (int) length;
    }
    // The miniblocks behind the last that is used have no bytes.
    return lengths;
  }
}
