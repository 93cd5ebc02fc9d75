package dev.mlstack.data.read;

import dev.mlstack.data.arrow.ArrowColumnBuilder;
import dev.mlstack.data.internal.Ascii;
import org.jspecify.annotations.Nullable;

/** Turns one field of a record into a value of one column. Not safe for use by several threads. */
abstract class ValueParser {

  static final String MISSING = "a value is missing, and the column must have one";

  private final ArrowColumnBuilder column;
  private final MissingTokens missing;
  private byte[] undoubled = {};

  ValueParser(ArrowColumnBuilder column, MissingTokens missing) {
    this.column = column;
    this.missing = missing;
  }

  /** Sets the value of the current row; returns what is wrong, {@code null} if nothing is. */
  final @Nullable String parse(RecordReader record, int field) {
    RecordScanner fields = record.fields();
    if (field >= fields.fields()) {
      return missing();
    }
    int from = fields.start(field);
    int to = fields.end(field);
    if (from == to) {
      return missing();
    }
    byte[] bytes = record.bytes();
    if (fields.isDoubled(field)) {
      if (undoubled.length < to - from) {
        undoubled = new byte[2 * (to - from)];
      }
      to = fields.undouble(bytes, field, undoubled);
      bytes = undoubled;
      from = 0;
    }
    return parse(bytes, from, to, fields.isAscii());
  }

  /**
   * Sets the value that some bytes, of which there is at least one, stand for.
   *
   * @param ascii whether all of them are surely ASCII
   */
  abstract @Nullable String parse(byte[] bytes, int from, int to, boolean ascii);

  /** Sets no value; returns what is wrong with that. */
  final @Nullable String missing() {
    column.setNull();
    return column.field().nullable() ? null : MISSING;
  }

  final MissingTokens tokens() {
    return missing;
  }

  /** Parses values that have no blanks around them and are never a missing token. */
  abstract static class Trimmed extends ValueParser {
    Trimmed(ArrowColumnBuilder column, MissingTokens missing) {
      super(column, missing);
    }

    @Override
    final @Nullable String parse(byte[] bytes, int from, int to, boolean ascii) {
      int start = Ascii.skipBlanks(bytes, from, to);
      int end = Ascii.trimEnd(bytes, start, to);
      if (start == end || tokens().contains(bytes, start, end)) {
        return missing();
      }
      return parse(bytes, start, end);
    }

    abstract @Nullable String parse(byte[] bytes, int from, int to);
  }
}
