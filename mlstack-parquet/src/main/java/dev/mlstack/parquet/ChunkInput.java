package dev.mlstack.parquet;

import dev.mlstack.data.columnar.FileInput;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** The bytes of one column in one row group, read from front to back through a buffer. */
final class ChunkInput extends InputStream {

  private static final int BUFFER_BYTES = 1 << 16;

  private final FileInput file;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private final long end;
  private long next;
  private int at;
  private int limit;

  ChunkInput(FileInput file, long start, long length) {
    if (start < 0 || length < 0 || length > file.size() - start) {
      throw new IllegalArgumentException(
          "a column has " + length + " bytes at byte " + start + " of " + file.size());
    }
    this.file = file;
    this.next = start;
    this.end = start + length;
  }

  @Override
  public int read() throws IOException {
    return at < limit || fill() ? buffer[at++] & 0xFF : -1;
  }

  @Override
  public int read(byte[] to, int from, int length) throws IOException {
    if (length == 0) {
      return 0;
    } else if (at == limit && !fill()) {
      return -1;
    }
    int count = Math.min(length, limit - at);
    System.arraycopy(buffer, at, to, from, count);
    at += count;
    return count;
  }

  private boolean fill() throws IOException {
    int count = (int) Math.min(buffer.length, end - next);
    file.read(next, buffer, 0, count);
    next += count;
    at = 0;
    limit = count;
    return count > 0;
  }

  /** Tells whether there are so many bytes. */
  boolean has(long count) {
    return count <= limit - at + end - next;
  }

  /** Reads bytes. */
  void readFully(byte[] to, int length) throws IOException {
    if (!has(length)) {
      throw new EOFException("a page says it has " + length + " bytes, which are not there");
    }
    int buffered = Math.min(length, limit - at);
    System.arraycopy(buffer, at, to, 0, buffered);
    at += buffered;
    if (length > buffered) {
      file.read(next, to, buffered, length - buffered);
      next += length - buffered;
    }
  }
}
