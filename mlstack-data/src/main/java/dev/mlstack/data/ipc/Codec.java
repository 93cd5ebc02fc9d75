package dev.mlstack.data.ipc;

import dev.mlstack.data.columnar.Lz4;
import dev.mlstack.data.columnar.Zstandard;
import org.apache.arrow.flatbuf.CompressionType;

/** How buffers are compressed. */
enum Codec {
  /** Frames of LZ4. */
  LZ4 {
    @Override
    byte[] decompress(byte[] bytes, int from, int count, int length) {
      return Lz4.frame(bytes, from, count, length);
    }
  },

  /** Frames of Zstandard. */
  ZSTD {
    @Override
    byte[] decompress(byte[] bytes, int from, int count, int length) {
      return Zstandard.decompress(bytes, from, count, length);
    }
  };

  static Codec of(byte type) {
    return switch (type) {
      case CompressionType.LZ4_FRAME -> LZ4;
      case CompressionType.ZSTD -> ZSTD;
      default -> throw new IllegalArgumentException("there is no compression " + type);
    };
  }

  /**
   * Decompresses a buffer.
   *
   * @param length how many bytes it must give
   */
  abstract byte[] decompress(byte[] bytes, int from, int count, int length);
}
