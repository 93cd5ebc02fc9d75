package dev.mlstack.data.columnar;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import java.util.Arrays;

/** Compresses and decompresses Zstandard (RFC 8878), with a library that is optional. */
public final class Zstandard {

  /** A block of at least 4 bytes gives at most 128 KiB. */
  private static final long MAX_RATIO = 1 << 15;

  private static final int SLACK_BYTES = 1 << 17;

  private Zstandard() {}

  /** Calls the library. Apart, so that this class can be loaded without it. */
  private static final class Library {
    static long decompress(byte[] bytes, int from, int count, byte[] to, int at, int length) {
      try {
        return Zstd.decompressByteArray(to, at, length, bytes, from, count);
      } catch (ZstdException e) {
        throw new IllegalArgumentException("Zstandard data is damaged: " + e.getMessage(), e);
      }
    }

    static byte[] compress(byte[] bytes, int from, int count, int level) {
      byte[] to = new byte[Math.toIntExact(Zstd.compressBound(count))];
      long written = Zstd.compressByteArray(to, 0, to.length, bytes, from, count, level);
      return Arrays.copyOf(to, (int) written);
    }
  }

  /** Returns how many bytes a frame of {@code count} bytes may give at most. */
  public static long mostBytes(int count) {
    return count * MAX_RATIO + SLACK_BYTES;
  }

  /**
   * Decompresses a frame.
   *
   * @param length how many bytes it must give
   * @throws IllegalArgumentException if it is damaged
   * @throws IllegalStateException if the library is missing
   */
  public static byte[] decompress(byte[] bytes, int from, int count, int length) {
    if (length > mostBytes(count)) {
      throw new IllegalArgumentException(count + " bytes of Zstandard data cannot give " + length);
    }
    byte[] to = new byte[length];
    decompress(bytes, from, count, to, 0, length);
    return to;
  }

  /**
   * Decompresses a frame into an array.
   *
   * @param to has room for {@code length} bytes from {@code at} on, which the frame must give
   * @throws IllegalArgumentException if it is damaged
   * @throws IllegalStateException if the library is missing
   */
  public static void decompress(byte[] bytes, int from, int count, byte[] to, int at, int length) {
    long written;
    try {
      written = Library.decompress(bytes, from, count, to, at, length);
    } catch (NoClassDefFoundError e) {
      throw missing(e);
    }
    if (written != length) {
      throw new IllegalArgumentException(
          "Zstandard data gives " + written + " bytes where " + length + " were said");
    }
  }

  /**
   * Compresses bytes into a frame.
   *
   * @throws IllegalStateException if the library is missing
   */
  public static byte[] compress(byte[] bytes, int from, int count, int level) {
    try {
      return Library.compress(bytes, from, count, level);
    } catch (NoClassDefFoundError e) {
      throw missing(e);
    }
  }

  private static IllegalStateException missing(NoClassDefFoundError e) {
    return new IllegalStateException(
        "Zstandard needs the library com.github.luben:zstd-jni; add it to the dependencies of the"
            + " application",
        e);
  }
}
