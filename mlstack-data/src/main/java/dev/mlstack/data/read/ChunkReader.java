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
 * <p>A chunk is cut where a record probably ends: one of the last few, all of which have as many
 * fields as the header; or else behind the last line end before which quotes are even in number.
 * Either can be wrong; who parses a chunk finds out, because its last record then has no end. Where
 * no line end will do, chunks are cut anywhere.
 *
 * <p>For use by one thread at a time, apart from {@link #recycle}. Owns the open input.
 */
final class ChunkReader implements OrderedPipeline.Reader<Chunk>, Closeable {

  /** How many bytes a chunk has at most. */
  static final int CHUNK_BYTES = 2 << 20;

  /** How many bytes are read at once, few enough to stay in a cache while they are copied. */
  private static final int READ_BYTES = 1 << 18;

  /** How far from the end a border is looked for, at first and at last. */
  private static final int MIN_WINDOW = 4096;

  private static final int MAX_WINDOW = 8 * MIN_WINDOW;

  private static final int MAX_TRIES = 8;
  private static final int MIN_RECORDS = 3;

  private final CsvInput input;
  private final RecordScanner scanner;
  private final boolean counting;
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
   * @param counting whether lines are counted; otherwise those of chunks mean nothing
   */
  ChunkReader(CsvInput input, InputMeter meter, Header header, boolean counting, int chunkBytes) {
    this.input = input;
    this.meter = meter;
    this.header = header;
    this.scanner = input.dialect().scanner();
    this.counting = counting;
    // Fewer could not hold a CR and its LF.
    this.chunkBytes = Math.max(2, chunkBytes);
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
    line += counting ? LineEnds.count(bytes, 0, end) : 0;
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
    RecordReader records = new RecordReader(open.in(), scanner, Math.min(chunkBytes, READ_BYTES));
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

  /** Returns where to cut. */
  private int border(byte[] bytes, int limit) {
    for (int window = MIN_WINDOW; window <= MAX_WINDOW; window *= 8) {
      int border = recordEnd(bytes, Math.max(0, limit - window), limit);
      if (border > 0) {
        return border;
      }
    }
    return evenLineEnd(bytes, limit);
  }

  /**
   * Returns the end of the last record, if records can be told by the number of their fields:
   * behind one of the first line ends, all of them have as many as the header. From within quotes
   * one gets out of step, or into it after a record or two. Returns -1 if there is no such line
   * end.
   */
  private int recordEnd(byte[] bytes, int from, int limit) {
    int at = from;
    for (int tries = header.size() > 1 ? MAX_TRIES : 0; tries > 0 && at < limit; tries--) {
      while (at < limit && bytes[at] != '\n' && bytes[at] != '\r') {
        at++;
      }
      at++;
      int end = lastRecordEnd(bytes, at, limit);
      if (end > 0) {
        return end;
      }
    }
    return -1;
  }

  private int lastRecordEnd(byte[] bytes, int from, int limit) {
    int at = from;
    int records = 0;
    while (at < limit) {
      RecordScanner.Outcome outcome = scanner.scan(bytes, at, limit, /* last= */ true);
      boolean cut = !scanner.hasLineEnd() || (scanner.next() == limit && bytes[limit - 1] == '\r');
      if (outcome == RecordScanner.Outcome.UNCLOSED || (cut && records > 0)) {
        break;
      } else if (outcome != RecordScanner.Outcome.RECORD || scanner.fields() != header.size()) {
        return -1;
      }
      at = scanner.next();
      records++;
    }
    return records >= MIN_RECORDS ? at : -1;
  }

  /**
   * Returns the end of the last line that has an even number of quotes up to there, if possible.
   */
  private int evenLineEnd(byte[] bytes, int limit) {
    char quote = input.dialect().quote();
    boolean odd = LineEnds.isOdd(bytes, 0, limit, (byte) quote);
    int anyEnd = -1;
    for (int at = limit - 2; at >= 0; at--) {
      byte b = bytes[at];
      odd ^= bytes[at + 1] == quote;
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
