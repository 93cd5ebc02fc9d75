package dev.mlstack.data.rows;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.stream.Stream;

/** Gives lines as a stream of UTF-8, each with an end. Owns the stream of lines. */
final class LinesInput extends InputStream {

  private final Stream<String> stream;
  private final Iterator<String> lines;
  private byte[] line = {};
  private int at;

  LinesInput(Stream<String> stream) {
    this.stream = stream;
    this.lines = stream.iterator();
  }

  @Override
  public int read() {
    return advance() ? line[at++] & 0xFF : -1;
  }

  @Override
  public int read(byte[] bytes, int from, int length) {
    if (length == 0) {
      return 0;
    } else if (!advance()) {
      return -1;
    }
    int count = Math.min(length, line.length - at);
    System.arraycopy(line, at, bytes, from, count);
    at += count;
    return count;
  }

  /** Goes to the next line if this one is used up; {@code false} at the end. */
  private boolean advance() {
    if (at == line.length && lines.hasNext()) {
      line = (lines.next() + "\n").getBytes(StandardCharsets.UTF_8);
      at = 0;
    }
    return at < line.length;
  }

  @Override
  public void close() {
    stream.close();
  }
}
