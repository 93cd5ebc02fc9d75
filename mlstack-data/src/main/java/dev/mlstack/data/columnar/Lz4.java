package dev.mlstack.data.columnar;

import java.util.Arrays;
import java.util.Objects;

/**
 * Decompresses LZ4 (Y. Collet, "LZ4 Block Format Description" and "LZ4 Frame Format Description",
 * 1.6.4). Checks every bound; checksums of frames are not looked at.
 */
public final class Lz4 {

  private static final int MIN_MATCH = 4;
  private static final int MORE = 15;
  private static final int FRAME_MAGIC = 0x184D2204;

  private Lz4() {}

  /** Reads from one array and writes into another. */
  private static final class Block {
    private final byte[] from;
    private final int end;
    private final byte[] to;
    private int at;
    private int written;

    Block(byte[] from, int at, int length, byte[] to, int written) {
      Objects.checkFromIndexSize(at, length, from.length);
      this.from = from;
      this.at = at;
      this.end = at + length;
      this.to = to;
      this.written = written;
    }

    int decompress() {
      while (at < end) {
        int token = next();
        int literals = length(token >>> 4);
        Objects.checkFromIndexSize(at, literals, end);
        System.arraycopy(from, at, to, written, literals);
        at += literals;
        written += literals;
        if (at < end) {
          int distance = next() | next() << 8;
          copy(distance, length(token & MORE) + MIN_MATCH);
        }
      }
      return written;
    }

    private int next() {
      if (at >= end) {
        throw new IllegalArgumentException("LZ4 data is cut short");
      }
      return from[at++] & 0xFF;
    }

    private int length(int start) {
      int length = start;
      int more = start == MORE ? 255 : 0;
      while (more == 255) {
        more = next();
        length = Math.addExact(length, more);
      }
      return length;
    }

    private void copy(int distance, int length) {
      int source = written - distance;
      if (distance == 0 || source < 0) {
        throw new IllegalArgumentException("LZ4 data refers to what is before its start");
      }
      Objects.checkFromIndexSize(written, length, to.length);
      if (distance >= length) {
        System.arraycopy(to, source, to, written, length);
      } else {
        for (int i = 0; i < length; i++) {
          to[written + i] = to[source + i];
        }
      }
      written += length;
    }
  }

  /**
   * Decompresses a block.
   *
   * @param length how many bytes it must give
   * @throws IllegalArgumentException if it is damaged
   */
  public static byte[] block(byte[] from, int at, int count, int length) {
    byte[] to = room(count, length);
    return whole(to, new Block(from, at, count, to, 0).decompress());
  }

  /** Makes room, unless it is more than the data can fill: a byte adds at most 255. */
  private static byte[] room(int count, int length) {
    if (length > 255L * count) {
      throw new IllegalArgumentException(count + " bytes of LZ4 data cannot give " + length);
    }
    return new byte[length];
  }

  private static byte[] whole(byte[] to, int written) {
    if (written != to.length) {
      throw new IllegalArgumentException(
          "LZ4 data gives " + written + " bytes where " + to.length + " were said");
    }
    return to;
  }

  /**
   * Decompresses a frame.
   *
   * @param length how many bytes it must give
   * @throws IllegalArgumentException if it is damaged
   */
  public static byte[] frame(byte[] bytes, int start, int count, int length) {
    byte[] from = Arrays.copyOfRange(bytes, start, start + count);
    if (LittleEndian.int32(from, 0) != FRAME_MAGIC) {
      throw new IllegalArgumentException("this is no LZ4 frame");
    }
    int flags = from[4];
    boolean contentSize = (flags & 8) != 0;
    boolean dictionary = (flags & 1) != 0;
    int blockChecksum = (flags & 16) != 0 ? Integer.BYTES : 0;
    int at = 7 + (contentSize ? Long.BYTES : 0) + (dictionary ? Integer.BYTES : 0);
    byte[] to = room(count, length);
    int written = 0;
    for (int size = LittleEndian.int32(from, at); size != 0; size = LittleEndian.int32(from, at)) {
      at += Integer.BYTES;
      int stored = size & Integer.MAX_VALUE;
      if (size < 0) {
        Objects.checkFromIndexSize(written, stored, to.length);
        System.arraycopy(from, at, to, written, stored);
        written += stored;
      } else {
        written = new Block(from, at, stored, to, written).decompress();
      }
      at = Math.addExact(at, stored) + blockChecksum;
    }
    return whole(to, written);
  }
}
