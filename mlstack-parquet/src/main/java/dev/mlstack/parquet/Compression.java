package dev.mlstack.parquet;

import dev.mlstack.data.columnar.Lz4;
import dev.mlstack.data.columnar.Zstandard;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import org.apache.parquet.format.CompressionCodec;
import org.xerial.snappy.Snappy;

/** Decompresses pages. */
final class Compression {

  /** A byte of Snappy gives at most some 21, one of GZIP some 1,032. */
  private static final long MAX_SNAPPY_RATIO = 64;

  private static final long MAX_GZIP_RATIO = 1100;
  private static final int SLACK_BYTES = 64;

  private Compression() {}

  /** Tells whether pages that are so compressed can be read. */
  static boolean isKnown(CompressionCodec codec) {
    return switch (codec) {
      case UNCOMPRESSED, ZSTD, SNAPPY, GZIP, LZ4_RAW -> true;
      default -> false;
    };
  }

  /**
   * Decompresses a page.
   *
   * @param to has room for {@code length} bytes from {@code at} on, which the page must give
   */
  static void decompress(
      CompressionCodec codec, byte[] from, int start, int count, byte[] to, int at, int length)
      throws IOException {
    switch (codec) {
      case UNCOMPRESSED -> {
        require(count, length);
        System.arraycopy(from, start, to, at, length);
      }
      case ZSTD -> Zstandard.decompress(from, start, count, to, at, length);
      case SNAPPY -> snappy(from, start, count, to, at, length);
      case GZIP -> gzip(from, start, count, to, at, length);
      case LZ4_RAW -> {
        byte[] bytes = Lz4.block(from, start, count, length);
        System.arraycopy(bytes, 0, to, at, length);
      }
      default -> throw new IllegalArgumentException("there is no codec for " + codec);
    }
  }

  /**
   * Checks how many bytes a page says it has before room is made for them.
   *
   * @throws IllegalArgumentException if the compressed ones cannot give as many
   */
  static void requirePossible(CompressionCodec codec, int count, int length) {
    long most =
        switch (codec) {
          case UNCOMPRESSED -> count;
          case SNAPPY -> MAX_SNAPPY_RATIO * count + SLACK_BYTES;
          case GZIP -> MAX_GZIP_RATIO * count + SLACK_BYTES;
          case ZSTD -> Zstandard.mostBytes(count);
          default -> 255L * count + SLACK_BYTES;
        };
    if (length > most) {
      throw new IllegalArgumentException(
          count + " bytes of " + codec + " cannot give a page of " + length);
    }
  }

  private static void require(long found, int length) {
    if (found != length) {
      throw new IllegalArgumentException("a page has " + found + " bytes where it says " + length);
    }
  }

  private static void snappy(byte[] from, int start, int count, byte[] to, int at, int length) {
    try {
      require(Snappy.uncompressedLength(from, start, count), length);
      require(Snappy.uncompress(from, start, count, to, at), length);
    } catch (IOException e) {
      throw new IllegalArgumentException("a page is no Snappy: " + e.getMessage(), e);
    }
  }

  private static void gzip(byte[] from, int start, int count, byte[] to, int at, int length) {
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(from, start, count))) {
      require(in.readNBytes(to, at, length), length);
      if (in.read() >= 0) {
        throw new IllegalArgumentException("a page has more than the " + length + " bytes it says");
      }
    } catch (IOException e) {
      throw new IllegalArgumentException("a page is no GZIP: " + e.getMessage(), e);
    }
  }
}
