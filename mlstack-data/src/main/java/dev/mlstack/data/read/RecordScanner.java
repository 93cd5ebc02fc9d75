package dev.mlstack.data.read;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Finds the fields of one record in an array of bytes, eight bytes at a time.
 *
 * <p>Knows nothing of where the bytes come from, so that several scanners can work on pieces of one
 * file, each of which begins where a record begins.
 */
final class RecordScanner {

  /** How many bytes behind the limit must be there for reading; those right at it are written. */
  static final int SLACK_BYTES = 16;

  /** What a scan came to. */
  enum Outcome {
    /** A record, with its fields. */
    RECORD,
    /** The record goes on behind the limit. */
    PARTIAL,
    /** Something stands between the quote that closes a field and the next delimiter. */
    STRAY,
    /** A quote is not closed. */
    UNCLOSED
  }

  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = 0x8080808080808080L;
  private static final byte LF = '\n';
  private static final byte CR = '\r';
  private static final long LFS = LF * ONES;
  private static final long CRS = CR * ONES;
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final byte delimiter;
  private final byte quote;
  private final byte escape;
  private final byte comment;
  private final long delimiters;
  private final long quotes;

  private int[] starts = new int[64];
  private int[] ends = new int[64];
  private boolean[] doubled = new boolean[64];
  private int fields;
  private int next;
  private int lineEnds;
  private int openQuote;
  private boolean ended;
  private long seen;

  /** Creates a scanner. Both characters are ASCII, differ, and are no line ends. */
  RecordScanner(char delimiter, char quote) {
    this(delimiter, quote, Dialect.NONE, Dialect.NONE);
  }

  /**
   * Creates a scanner. All characters are ASCII, and no line ends.
   *
   * @param escape makes the byte behind it an ordinary one; {@link Dialect#NONE} if nothing does
   * @param comment begins lines that are no records; {@link Dialect#NONE} if nothing does
   */
  RecordScanner(char delimiter, char quote, char escape, char comment) {
    this.escape = (byte) escape;
    this.comment = (byte) comment;
    this.delimiter = (byte) delimiter;
    this.quote = (byte) quote;
    this.delimiters = delimiter * ONES;
    this.quotes = quote * ONES;
  }

  /**
   * Scans a record.
   *
   * @param bytes has {@link #SLACK_BYTES} more than the limit; the one at the limit is overwritten
   * @param from where the record begins
   * @param limit where the bytes end
   * @param last whether the input ends there
   */
  Outcome scan(byte[] bytes, int from, int limit, boolean last) {
    // A line end at the limit ends every search for the end of a plain field.
    bytes[limit] = LF;
    fields = 0;
    lineEnds = 0;
    seen = 0;
    int at = from;
    while (true) {
      if (at < limit && bytes[at] == quote) {
        openQuote = at;
        at = quoted(bytes, at + 1, limit);
        if (at < 0 || (at == limit && !last)) {
          return at < 0 && last ? Outcome.UNCLOSED : Outcome.PARTIAL;
        }
        if (at < limit && bytes[at] != delimiter && bytes[at] != LF && bytes[at] != CR) {
          return Outcome.STRAY;
        }
      } else {
        openQuote = -1;
        at = escape == Dialect.NONE ? plain(bytes, at) : escaped(bytes, at, limit);
      }
      if (at == limit || bytes[at] != delimiter) {
        return end(bytes, at, limit, last);
      }
      at++;
    }
  }

  private int plain(byte[] bytes, int from) {
    int end = plainEnd(bytes, from);
    add(from, end, /* isDoubled= */ false);
    return end;
  }

  /** Adds a field without quotes around it in which bytes may be escaped; returns its end. */
  private int escaped(byte[] bytes, int from, int limit) {
    boolean isEscaped = false;
    int at = from;
    while (at < limit && bytes[at] != delimiter && bytes[at] != LF && bytes[at] != CR) {
      seen |= bytes[at] & HIGHS;
      if (bytes[at] == escape) {
        isEscaped = true;
        at = behindEscaped(bytes, at, limit);
      } else {
        at++;
      }
    }
    add(from, at, isEscaped);
    return at;
  }

  /** Returns the index behind an escaped byte, counting the line that may end with it. */
  private int behindEscaped(byte[] bytes, int at, int limit) {
    if (at + 1 >= limit) {
      return limit;
    }
    byte next = bytes[at + 1];
    seen |= next & HIGHS;
    boolean pair = next == CR && at + 2 < limit && bytes[at + 2] == LF;
    lineEnds += next == LF || next == CR ? 1 : 0;
    return at + (pair ? 3 : 2);
  }

  /** Ends a record at a line end or at the limit. */
  private Outcome end(byte[] bytes, int at, int limit, boolean last) {
    boolean carriageReturn = at < limit && bytes[at] == CR;
    if (!last && (at == limit || (carriageReturn && at + 1 == limit))) {
      return Outcome.PARTIAL;
    }
    next = at;
    ended = at < limit;
    if (ended) {
      next += carriageReturn && at + 1 < limit && bytes[at + 1] == LF ? 2 : 1;
      lineEnds++;
    }
    return Outcome.RECORD;
  }

  /** Returns the index of the first delimiter or line end. */
  private int plainEnd(byte[] bytes, int from) {
    int at = from;
    while (true) {
      long word = (long) LONGS.get(bytes, at);
      seen |= word;
      long found = zeros(word ^ delimiters) | zeros(word ^ LFS) | zeros(word ^ CRS);
      if (found != 0) {
        return at + (Long.numberOfTrailingZeros(found) >>> 3);
      }
      at += Long.BYTES;
    }
  }

  /**
   * Marks the bytes that are zero, the lowest of them surely; a byte of 1 above it may be marked,
   * too.
   */
  private static long zeros(long word) {
    return (word - ONES) & ~word & HIGHS;
  }

  /**
   * Adds a quoted field and returns the index behind its closing quote; -1 if that is not there.
   */
  private int quoted(byte[] bytes, int from, int limit) {
    if (escape != Dialect.NONE) {
      return quotedWithEscapes(bytes, from, limit);
    }
    boolean isDoubled = false;
    int at = from;
    while (true) {
      int close = quoteAt(bytes, at, limit);
      if (close < 0) {
        return -1;
      }
      if (close + 1 < limit && bytes[close + 1] == quote) {
        isDoubled = true;
        at = close + 2;
      } else {
        add(from, close, isDoubled);
        return close + 1;
      }
    }
  }

  private int quotedWithEscapes(byte[] bytes, int from, int limit) {
    boolean isEscaped = false;
    int at = from;
    while (at < limit) {
      byte b = bytes[at];
      seen |= b & HIGHS;
      if (b == quote && (at + 1 >= limit || bytes[at + 1] != quote)) {
        add(from, at, isEscaped);
        return at + 1;
      } else if (b == quote) {
        isEscaped = true;
        at += 2;
      } else if (b == escape) {
        isEscaped = true;
        at = behindEscaped(bytes, at, limit);
      } else {
        boolean pair = b == CR && at + 1 < limit && bytes[at + 1] == LF;
        lineEnds += b == LF || b == CR ? 1 : 0;
        at += pair ? 2 : 1;
      }
    }
    return -1;
  }

  /** Returns the index of the next quote, counting the lines that end before it; -1 if none is. */
  private int quoteAt(byte[] bytes, int from, int limit) {
    for (int at = from; at < limit; at += Long.BYTES) {
      long word = (long) LONGS.get(bytes, at);
      seen |= word;
      long found = zeros(word ^ quotes);
      long before = found == 0 ? -1 : Long.lowestOneBit(found) - 1;
      lineEnds += Long.bitCount(exactZeros(word ^ LFS) & before);
      long returns = exactZeros(word ^ CRS) & before;
      if (returns != 0) {
        countReturns(bytes, at, returns);
      }
      if (found != 0) {
        int index = at + (Long.numberOfTrailingZeros(found) >>> 3);
        return index < limit ? index : -1;
      }
    }
    return -1;
  }

  /** Counts those carriage returns as line ends that no line feed follows. */
  private void countReturns(byte[] bytes, int at, long returns) {
    for (long rest = returns; rest != 0; rest &= rest - 1) {
      if (bytes[at + (Long.numberOfTrailingZeros(rest) >>> 3) + 1] != LF) {
        lineEnds++;
      }
    }
  }

  /** Marks exactly the bytes that are zero. */
  private static long exactZeros(long word) {
    return ~(((word & ~HIGHS) + ~HIGHS) | word | ~HIGHS);
  }

  private void add(int start, int end, boolean isDoubled) {
    if (fields == starts.length) {
      starts = Arrays.copyOf(starts, 2 * fields);
      ends = Arrays.copyOf(ends, 2 * fields);
      doubled = Arrays.copyOf(doubled, 2 * fields);
    }
    starts[fields] = start;
    ends[fields] = end;
    doubled[fields] = isDoubled;
    fields++;
  }

  /** Returns how many fields there are. */
  int fields() {
    return fields;
  }

  /** Returns where a field begins, behind its quote. */
  int start(int field) {
    return starts[field];
  }

  /** Returns where a field ends, before its quote. */
  int end(int field) {
    return ends[field];
  }

  /** Tells whether a field has quotes in it that are doubled, or escaped bytes. */
  boolean isDoubled(int field) {
    return doubled[field];
  }

  /** Returns where the next record begins. */
  int next() {
    return next;
  }

  /** Tells whether the record has a line end behind it. */
  boolean hasLineEnd() {
    return ended;
  }

  /** Returns how many lines end in the record, counting its own end. */
  int lineEnds() {
    return lineEnds;
  }

  /** Returns where the quote stands that opens the field at which the scan ended; -1 if none. */
  int openQuote() {
    return openQuote;
  }

  /**
   * Copies a field that {@link #isDoubled}, with one quote for two, and without what escapes.
   *
   * @param to has room for the field
   * @return how many bytes were copied
   */
  int undouble(byte[] bytes, int field, byte[] to) {
    int start = starts[field];
    boolean quoted = start > 0 && bytes[start - 1] == quote;
    int length = 0;
    for (int at = start; at < ends[field]; at++) {
      boolean first = (quoted && bytes[at] == quote) || (escape != 0 && bytes[at] == escape);
      if (first && at + 1 < ends[field]) {
        at++;
      }
      to[length++] = bytes[at];
    }
    return length;
  }

  /** Tells whether the line that begins with a byte is no record. */
  boolean isComment(byte first) {
    return comment != Dialect.NONE && first == comment;
  }

  /** Tells whether all bytes of the record are surely ASCII. */
  boolean isAscii() {
    return (seen & HIGHS) == 0;
  }
}
