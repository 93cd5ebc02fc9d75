package dev.mlstack.data.ipc;

import dev.mlstack.data.columnar.FileInput;
import java.io.IOException;

/** The bytes behind the metadata of a message. Safe for use by several threads. */
interface Body {

  /** Returns how many bytes there are. */
  long length();

  /** Copies bytes; the first has number {@code at}. */
  void read(long at, byte[] to, int from, int length) throws IOException;

  /** Returns a part of a file. */
  static Body of(FileInput file, long start, long length) {
    return new Body() {
      @Override
      public long length() {
        return length;
      }

      @Override
      public void read(long at, byte[] to, int from, int count) throws IOException {
        file.read(start + at, to, from, count);
      }
    };
  }

  /** Returns bytes on the heap. */
  static Body of(byte[] bytes) {
    return new Body() {
      @Override
      public long length() {
        return bytes.length;
      }

      @Override
      public void read(long at, byte[] to, int from, int count) {
        System.arraycopy(bytes, Math.toIntExact(at), to, from, count);
      }
    };
  }
}
