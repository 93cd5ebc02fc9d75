package dev.mlstack.data.read;

import dev.mlstack.data.internal.InputMeter;
import dev.mlstack.data.internal.OrderedPipeline;
import dev.mlstack.data.internal.TextCoding;
import java.io.Closeable;
import java.io.IOException;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Cuts inputs into chunks, behind their headers.
 *
 * <p>A chunk is cut behind the last line end before which its quotes are even in number, so that it
 * most likely lies outside of all of them. Quotes within plain fields and broken ones can make that
 * wrong; who parses a chunk finds out, because its last record then has no end. Where no line end
 * will do, chunks are cut anywhere.
 *
 * <p>For use by one thread at a time, apart from {@link #recycle}. Owns the open input.
 */
final class ChunkReader implements OrderedPipeline.Reader<Chunk>, Closeable {

  /** How many bytes a chunk has at most. */
  static final int CHUNK_BYTES = 2 << 20;

  /** How many bytes are read at once, few enough to stay in a cache while they are copied. */
  private static final int READ_BYTES = 1 << 18;

  private final CsvInput input;
  private final InputMeter meter;
  private final Header header;
  private final int chunkBytes;
  private final Queue<byte[]> spare = new ConcurrentLinkedQueue<>();

  private int inputs;
  private TextCoding.@Nullable Open text;
  private byte[] carry = {};
  private int carried;
  private long offset;
  private long line;
  private long earlierLines;

  /**
   * Creates a reader that has opened nothing yet.
   *
   * @param header what every input must begin with, if the dialect has headers
   */
  ChunkReader(CsvInput input, InputMeter meter, Header header, int chunkBytes) {
    this.input = input;
    this.meter = meter;
    this.header = header;
    this.chunkBytes = chunkBytes;
  }

  @Override
  public @Nullable Chunk read() throws IOException {
    TextCoding.Open open = text == null ? openNext() : text;
    if (open == null) {
      return null;
    }
    byte[] bytes = buffer();
    System.arraycopy(carry, 0, bytes, 0, carried);
    int limit = fill(open, bytes, carried);
    boolean last = limit < chunkBytes;
    int end = last ? limit : border(bytes, limit);
    carry(bytes, end, limit);
    String source = input.input(inputs - 1).name();
    Chunk chunk = new Chunk(source, bytes, end, offset, line, earlierLines, last);
    offset += end;
    line += LineEnds.count(bytes, 0, end);
    if (last) {
      boolean ended = end == 0 || bytes[end - 1] == '\n' || bytes[end - 1] == '\r';
      earlierLines += line - 1 + (ended ? 0 : 1);
      close();
    }
    return chunk;
  }

  /** Opens the next input and passes over its header; returns {@code null} if there is none. */
  private TextCoding.@Nullable Open openNext() throws IOException {
    if (inputs == input.count()) {
      return null;
    }
    TextCoding.Open open = input.open(inputs, meter);
    text = open;
    RecordReader records = input.records(inputs, open);
    input.passHeader(inputs, records, header);
    inputs++;
    offset = open.offset() + records.position();
    line = records.nextLine();
    carry = records.rest();
    carried = carry.length;
    return open;
  }

  private byte[] buffer() {
    byte[] bytes = spare.poll();
    int needed = Math.max(chunkBytes, carried + 1) + RecordScanner.SLACK_BYTES;
    return bytes != null && bytes.length >= needed ? bytes : new byte[needed];
  }

  private int fill(TextCoding.Open open, byte[] bytes, int from) throws IOException {
    int at = from;
    while (at < chunkBytes) {
      int read = open.in().read(bytes, at, Math.min(READ_BYTES, chunkBytes - at));
      if (read < 0) {
        break;
      }
      at += read;
    }
    return at;
  }

  private void carry(byte[] bytes, int from, int to) {
    carried = to - from;
    if (carry.length < carried) {
      carry = Arrays.copyOfRange(bytes, from, to);
    } else {
      System.arraycopy(bytes, from, carry, 0, carried);
    }
  }

  /** Returns where to cut: behind a line end, if there is one. */
  private int border(byte[] bytes, int limit) {
    Dialect dialect = input.dialect();
    boolean odd = LineEnds.isOdd(bytes, 0, limit, (byte) dialect.quote());
    int anyEnd = -1;
    for (int at = limit - 2; at >= 0; at--) {
      byte b = bytes[at];
      odd ^= bytes[at + 1] == dialect.quote();
      if (b == '\n' || (b == '\r' && bytes[at + 1] != '\n')) {
        if (!odd) {
          return at + 1;
        }
        anyEnd = Math.max(anyEnd, at + 1);
      }
    }
    // A CR at the very end may have its LF in the next chunk.
    return anyEnd > 0 ? anyEnd : bytes[limit - 1] == '\r' && limit > 1 ? limit - 1 : limit;
  }

  /** Takes back the bytes of a chunk that nobody will look at any more. */
  void recycle(Chunk chunk) {
    if (spare.isEmpty()) {
      spare.add(chunk.bytes());
    }
  }

  @Override
  public void close() throws IOException {
    TextCoding.Open open = text;
    if (open != null) {
      text = null;
      open.close();
    }
  }
}
