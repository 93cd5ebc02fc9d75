package dev.mlstack.data.read;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads the records of a stream one after another, with the place of each, in bounded memory.
 *
 * <p>A record with broken quotes is one that has a {@linkplain #problem() problem}; reading goes on
 * behind the line on which the quote stands, so that one stray quote costs one line and not the
 * rest of the file. Blank lines are passed over. Owns the stream.
 *
 * <p>Invariant: the bytes from {@code start} to {@code limit} are those of the current record and
 * what has been read behind it; {@code base} is the place of {@code bytes[0]} in the stream.
 */
final class RecordReader implements Closeable {

  /** The most bytes that a field may have: 16 MiB. */
  static final int MAX_FIELD_BYTES = 16 << 20;

  /** The most bytes that a record may have: 64 MiB. */
  static final int MAX_RECORD_BYTES = 64 << 20;

  /** The most bytes that {@link #text()} returns of a record: 16 KiB. */
  static final int MAX_TEXT_BYTES = 16 << 10;

  private static final int MAX_CAPACITY = 1 << 20;
  private static final int MIN_CAPACITY = 1 << 16;

  private final InputStream in;
  private final RecordScanner scanner;
  private final String source;
  private final long earlierLines;
  private final LongPredicate end;
  private byte[] bytes;
  private int start;
  private int resume;
  private int limit;
  private long base;
  private long offset;
  private boolean last;
  private boolean goesOn;
  private boolean atEnd;
  private boolean open;
  private long line = 1;
  private long nextLine = 1;
  private @Nullable String problem;
  private @Nullable String longText;

  /**
   * Creates a reader of a whole stream.
   *
   * @param in UTF-8, standing where a record begins
   * @param expected about how many bytes there are, 0 if nobody knows; decides how many are read at
   *     once
   */
  RecordReader(InputStream in, RecordScanner scanner, long expected) {
    this.in = in;
    this.scanner = scanner;
    // One byte more finds the end without reading again.
    int capacity = expected == 0 ? MAX_CAPACITY : (int) Math.min(MAX_CAPACITY, expected + 1);
    this.bytes = new byte[capacity + RecordScanner.SLACK_BYTES];
    this.source = "";
    this.earlierLines = 0;
    this.end = place -> false;
  }

  /** Creates a reader of the records that end in a chunk. */
  RecordReader(Chunk chunk, RecordScanner scanner) {
    this.in = InputStream.nullInputStream();
    this.scanner = scanner;
    this.bytes = chunk.bytes();
    this.limit = chunk.limit();
    this.base = chunk.offset();
    this.last = true;
    this.goesOn = !chunk.last();
    this.nextLine = chunk.line();
    this.source = chunk.source();
    this.earlierLines = chunk.earlierLines();
    this.end = place -> false;
  }

  /**
   * Creates a reader of the records from somewhere in a chunk on.
   *
   * @param in stands at that place
   * @param chunk what begins before it
   * @param end tells at which places to stop for a while
   */
  RecordReader(
      InputStream in,
      RecordScanner scanner,
      Chunk chunk,
      long place,
      long line,
      LongPredicate end) {
    this.in = in;
    this.scanner = scanner;
    this.bytes = new byte[MIN_CAPACITY + RecordScanner.SLACK_BYTES];
    this.base = place;
    this.nextLine = line;
    this.source = chunk.source();
    this.earlierLines = chunk.earlierLines();
    this.end = end;
  }

  /**
   * Moves to the next record that is not a blank line or a comment; {@code false} if there is none,
   * or if a chunk ends within it.
   */
  boolean next() throws IOException {
    boolean passed;
    do {
      start = resume;
      offset = base + start;
      line = nextLine;
      problem = null;
      longText = null;
      open = false;
      if (end.test(offset)) {
        return false;
      }
      if (start == limit && !fill()) {
        atEnd = true;
        return false;
      }
      passed = scanner.isComment(bytes[start]);
      if (passed) {
        resumeBehind(start);
      } else {
        scan();
      }
      if (goesOn && isCutOff()) {
        resume = start;
        nextLine = line;
        return false;
      }
    } while (passed || (problem == null && isBlank()));
    return true;
  }

  /** Passes over a line, whatever is in it; {@code false} if there is none. */
  boolean skipLine() throws IOException {
    start = resume;
    line = nextLine;
    if (start == limit && !fill()) {
      return false;
    }
    resumeBehind(start);
    return true;
  }

  /** Tells whether the record goes on behind the end of the chunk. */
  private boolean isCutOff() {
    return open || (resume == limit && bytes[limit - 1] != '\n' && bytes[limit - 1] != '\r');
  }

  private void scan() throws IOException {
    while (true) {
      switch (scanner.scan(bytes, start, limit, last)) {
        case RECORD -> {
          resume = scanner.next();
          nextLine = line + scanner.lineEnds();
          open = !scanner.hasLineEnd();
          checkLengths();
          return;
        }
        case STRAY -> {
          breakAt(scanner.openQuote(), "something follows the quote that closes a field");
          return;
        }
        case UNCLOSED -> {
          open = true;
          breakAt(scanner.openQuote(), "the quote of a field is not closed");
          return;
        }
        case PARTIAL -> {
          if (isTooLong()) {
            skipLongField();
            return;
          }
          fill();
        }
      }
    }
  }

  private void checkLengths() {
    if (resume - start > MAX_FIELD_BYTES) {
      for (int i = 0; i < scanner.fields(); i++) {
        if (scanner.end(i) - scanner.start(i) > MAX_FIELD_BYTES) {
          problem = "a field has more than " + (MAX_FIELD_BYTES >> 20) + " MiB";
        }
      }
    }
  }

  private boolean isTooLong() {
    return limit - unfinishedField() > MAX_FIELD_BYTES || limit - start > MAX_RECORD_BYTES;
  }

  /** Returns where the field begins that goes on behind the limit. */
  private int unfinishedField() {
    return scanner.openQuote() >= 0 ? scanner.openQuote() : scanner.start(scanner.fields() - 1);
  }

  private void skipLongField() throws IOException {
    String max = " MiB";
    if (scanner.openQuote() >= 0 && limit - scanner.openQuote() > MAX_FIELD_BYTES) {
      breakAt(
          scanner.openQuote(),
          "a field has more than "
              + (MAX_FIELD_BYTES >> 20)
              + max
              + "; its quote may not be closed");
    } else {
      problem =
          "a field has more than "
              + (MAX_FIELD_BYTES >> 20)
              + max
              + " or the row more than "
              + (MAX_RECORD_BYTES >> 20)
              + max;
      resumeBehind(limit);
    }
  }

  /** Ends the record behind the line on which a quote stands. */
  private void breakAt(int quote, String reason) throws IOException {
    long quoteLine = line + linesIn(start, quote);
    problem = reason + (quoteLine == line ? "" : " that begins on line " + quoteLine);
    resumeBehind(quote);
  }

  /** Ends the record behind the line on which a place is, keeping no more of it than its text. */
  private void resumeBehind(int place) throws IOException {
    nextLine = line + linesIn(start, place) + 1;
    int kept = place - start;
    int end = lineEnd(place);
    // One byte more than the line end, because it may have two.
    while (end + 1 >= limit && !last) {
      if (end == limit && limit - start >= MAX_TEXT_BYTES) {
        longText = text();
        start = limit;
        kept = 0;
      }
      fill();
      end = lineEnd(start + kept);
    }
    resume = end;
    if (resume < limit) {
      boolean both = bytes[resume] == '\r' && resume + 1 < limit && bytes[resume + 1] == '\n';
      resume += both ? 2 : 1;
    }
  }

  private int lineEnd(int from) {
    int end = from;
    while (end < limit && bytes[end] != '\n' && bytes[end] != '\r') {
      end++;
    }
    return end;
  }

  private int linesIn(int from, int to) {
    int lines = 0;
    for (int i = from; i < to; i++) {
      if (bytes[i] == '\n' || (bytes[i] == '\r' && (i + 1 == limit || bytes[i + 1] != '\n'))) {
        lines++;
      }
    }
    return lines;
  }

  private boolean isBlank() {
    if (scanner.fields() != 1 || scanner.openQuote() >= 0) {
      return false;
    }
    for (int i = scanner.start(0); i < scanner.end(0); i++) {
      if (bytes[i] != ' ' && bytes[i] != '\t') {
        return false;
      }
    }
    return true;
  }

  /** Reads on, keeping the current record; {@code false} if nothing came. */
  private boolean fill() throws IOException {
    if (last) {
      return false;
    }
    int kept = limit - start;
    if (kept > (bytes.length - RecordScanner.SLACK_BYTES) / 2) {
      bytes = Arrays.copyOfRange(bytes, start, start + 2 * bytes.length);
    } else {
      System.arraycopy(bytes, start, bytes, 0, kept);
    }
    base += start;
    start = 0;
    resume = 0;
    limit = kept;
    int room = bytes.length - RecordScanner.SLACK_BYTES - limit;
    int count = in.readNBytes(bytes, limit, room);
    last = count < room;
    limit += count;
    return count > 0;
  }

  /** Returns what is wrong with the record as a whole; {@code null} if nothing is. */
  @Nullable String problem() {
    return problem;
  }

  /** Returns the fields of the record, if it has no problem. */
  RecordScanner fields() {
    return scanner;
  }

  /** Returns the bytes that the fields are in. */
  byte[] bytes() {
    return bytes;
  }

  /** Returns how many bytes the record has. */
  int length() {
    return resume - start;
  }

  /** Returns the line on which the record begins, from 1. */
  long line() {
    return line;
  }

  /** Returns where in the stream the record begins, from 0. */
  long offset() {
    return offset;
  }

  /** Returns what identifies the record as a row: its line, counted through all inputs. */
  long rowId() {
    return earlierLines + line;
  }

  /** Returns the name of what is read. */
  String source() {
    return source;
  }

  /** Returns where in the stream the next record begins. */
  long position() {
    return base + resume;
  }

  /** Returns the line on which the next record begins. */
  long nextLine() {
    return nextLine;
  }

  /** Tells whether no record was left when the next was asked for. */
  boolean isAtEnd() {
    return atEnd;
  }

  /** Returns what was read from the stream behind the current record, as a new array. */
  byte[] rest() {
    return Arrays.copyOfRange(bytes, resume, limit);
  }

  /** Returns everything behind the current record, and reads it to the end. */
  byte[] remaining() throws IOException {
    byte[] read = rest();
    byte[] more = in.readAllBytes();
    byte[] all = Arrays.copyOf(read, read.length + more.length);
    System.arraycopy(more, 0, all, read.length, more.length);
    return all;
  }

  /** Returns the record as it stands, without its line end, and not more than its beginning. */
  String text() {
    if (longText != null) {
      return longText;
    }
    int end = resume > start ? resume : limit;
    while (end > start && (bytes[end - 1] == '\n' || bytes[end - 1] == '\r')) {
      end--;
    }
    return text(start, end);
  }

  private String text(int from, int to) {
    return new String(bytes, from, Math.min(to - from, MAX_TEXT_BYTES), StandardCharsets.UTF_8);
  }

  /** Returns the value of a field as text. */
  String fieldText(int field) {
    if (field >= scanner.fields()) {
      return "";
    }
    int from = scanner.start(field);
    int to = scanner.end(field);
    if (!scanner.isDoubled(field)) {
      return text(from, to);
    }
    byte[] undoubled = new byte[to - from];
    int length = Math.min(scanner.undouble(bytes, field, undoubled), MAX_TEXT_BYTES);
    return new String(undoubled, 0, length, StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
