package dev.mlstack.data.json;

import dev.mlstack.data.internal.Input;
import dev.mlstack.data.internal.InputMeter;
import dev.mlstack.data.internal.TextCoding;
import dev.mlstack.table.DataException;
import java.io.Closeable;
import java.io.IOException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Cuts inputs, one after another, into pieces of whole lines. Owns the input that is open. For use
 * by one thread at a time, apart from {@link #recycle}.
 */
final class LineChunks implements Closeable {

  /** How many bytes a piece has, unless a line is longer. */
  static final int CHUNK_BYTES = 2 << 20;

  private final Iterator<Input> inputs;
  private final TextCoding coding;
  private final InputMeter meter;
  private final int maxLineBytes;
  private final int chunkBytes;
  private final Queue<byte[]> spare = new ConcurrentLinkedQueue<>();

  private TextCoding.@Nullable Open open;
  private String source = "";
  private long line;
  private long before;
  private long offset;
  private byte[] rest = {};

  LineChunks(
      List<Input> inputs, TextCoding coding, InputMeter meter, int maxLineBytes, int chunkBytes) {
    this.inputs = inputs.iterator();
    this.coding = coding;
    this.meter = meter;
    this.maxLineBytes = maxLineBytes;
    this.chunkBytes = chunkBytes;
  }

  /**
   * Returns the next piece; {@code null} at the end.
   *
   * @throws IOException if an input cannot be read
   * @throws DataException if a line is too long
   */
  @Nullable LineChunk next() throws IOException {
    while (true) {
      if (open == null && !openNext()) {
        return null;
      }
      LineChunk chunk = cut();
      if (chunk != null) {
        return chunk;
      }
      close();
    }
  }

  private boolean openNext() throws IOException {
    if (!inputs.hasNext()) {
      return false;
    }
    Input input = inputs.next();
    open = coding.open(input, meter);
    source = input.name();
    line = 1;
    offset = coding.isUtf8() ? open.offset() : -1;
    rest = new byte[0];
    return true;
  }

  /** Cuts a piece from the open input; {@code null} at its end. */
  private @Nullable LineChunk cut() throws IOException {
    byte[] bytes = buffer();
    System.arraycopy(rest, 0, bytes, 0, rest.length);
    int length = rest.length;
    int cut = 0;
    boolean ended = false;
    while (cut == 0 && !ended) {
      if (length == bytes.length) {
        requireShort(length);
        bytes = Arrays.copyOf(bytes, (int) Math.min(Integer.MAX_VALUE - 8L, 2L * length));
      }
      int from = length;
      length += fill(bytes, length);
      ended = length < bytes.length;
      cut = ended ? length : lastLineEnd(bytes, from, length);
    }
    rest = Arrays.copyOfRange(bytes, cut, length);
    if (cut == 0) {
      return null;
    }
    LineChunk chunk = new LineChunk(source, bytes, cut, line, before, offset);
    long lines = lineEnds(bytes, cut);
    line += lines;
    before += lines + (ended && bytes[cut - 1] != '\n' ? 1 : 0);
    offset += offset < 0 ? 0 : cut;
    return chunk;
  }

  private byte[] buffer() {
    byte[] bytes = spare.poll();
    int wanted = Math.max(chunkBytes, 2 * rest.length);
    return bytes == null || bytes.length < wanted ? new byte[wanted] : bytes;
  }

  private void requireShort(int length) {
    if (length > maxLineBytes) {
      throw new DataException(
          String.format(
              "%s: line %d has more than %d bytes; maxLineBytes(n) allows more",
              source, line, maxLineBytes));
    }
  }

  private int fill(byte[] bytes, int from) throws IOException {
    return open == null ? 0 : open.in().readNBytes(bytes, from, bytes.length - from);
  }

  /** Returns the index behind the last end of a line; 0 if there is none. */
  private static int lastLineEnd(byte[] bytes, int from, int to) {
    for (int i = to; i > from; i--) {
      if (bytes[i - 1] == '\n') {
        return i;
      }
    }
    return 0;
  }

  private static long lineEnds(byte[] bytes, int length) {
    long lines = 0;
    for (int i = 0; i < length; i++) {
      lines += bytes[i] == '\n' ? 1 : 0;
    }
    return lines;
  }

  /** Takes back the array of a piece that is of no more use. */
  void recycle(LineChunk chunk) {
    if (chunk.bytes().length == chunkBytes) {
      spare.add(chunk.bytes());
    }
  }

  @Override
  public void close() throws IOException {
    if (open != null) {
      open.close();
      open = null;
    }
  }
}
