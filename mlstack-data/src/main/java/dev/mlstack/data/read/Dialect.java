package dev.mlstack.data.read;

import dev.mlstack.store.Value;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * How a file is written.
 *
 * @param delimiter what stands between fields
 * @param detect whether the delimiter is found by looking at the file
 * @param quote what encloses fields
 * @param header whether the first record has the names of the columns
 * @param charset how characters are encoded
 * @param notation how values are written
 * @param lines what else may be lines of the file
 */
record Dialect(
    char delimiter,
    boolean detect,
    char quote,
    boolean header,
    Charset charset,
    Notation notation,
    Lines lines) {

  /** Stands for a character that there is none of. */
  static final char NONE = 0;

  /**
   * What lines may be other than whole records.
   *
   * @param skipped how many lines stand before everything else
   * @param comment what begins a line that is no record; {@link #NONE} if nothing does
   * @param escape what makes the character behind it an ordinary one; {@link #NONE} if nothing does
   * @param ragged whether records may have fewer or more fields than there are columns
   */
  record Lines(int skipped, char comment, char escape, boolean ragged) {

    static final Lines STANDARD = new Lines(0, NONE, NONE, /* ragged= */ false);
  }

  static final Dialect STANDARD =
      new Dialect(
          ',',
          /* detect= */ false,
          '"',
          /* header= */ true,
          StandardCharsets.UTF_8,
          Notation.STANDARD,
          Lines.STANDARD);

  Dialect {
    requireAscii("delimiter", delimiter);
    requireAscii("quote", quote);
    if (lines.comment() != NONE) {
      requireAscii("comment", lines.comment());
    }
    if (lines.escape() != NONE) {
      requireAscii("escape", lines.escape());
    }
    requireDistinct(delimiter, quote, lines.comment());
    requireDistinct(delimiter, quote, lines.escape());
    if (delimiter == quote) {
      throw new IllegalArgumentException(
          "delimiter and quote must differ but both are '" + quote + "'");
    }
  }

  private static void requireDistinct(char delimiter, char quote, char other) {
    if (other == delimiter || other == quote) {
      throw new IllegalArgumentException(
          "comment and escape must differ from delimiter and quote but one is '" + other + "'");
    }
  }

  private static void requireAscii(String parameter, char c) {
    if (c == 0 || c >= 128 || c == '\n' || c == '\r' || c == ' ') {
      throw new IllegalArgumentException(
          String.format(
              "%s must be a character of ASCII, no line end and no blank, but was U+%04X",
              parameter, (int) c));
    }
  }

  Dialect withDelimiter(char newDelimiter) {
    return new Dialect(newDelimiter, false, quote, header, charset, notation, lines);
  }

  Dialect withDetection() {
    return new Dialect(delimiter, true, quote, header, charset, notation, lines);
  }

  Dialect withQuote(char newQuote) {
    return new Dialect(delimiter, detect, newQuote, header, charset, notation, lines);
  }

  Dialect withHeader(boolean newHeader) {
    return new Dialect(delimiter, detect, quote, newHeader, charset, notation, lines);
  }

  Dialect withCharset(Charset newCharset) {
    return new Dialect(delimiter, detect, quote, header, newCharset, notation, lines);
  }

  Dialect withNotation(Notation newNotation) {
    return new Dialect(delimiter, detect, quote, header, charset, newNotation, lines);
  }

  Dialect withLines(Lines newLines) {
    return new Dialect(delimiter, detect, quote, header, charset, notation, newLines);
  }

  boolean isUtf8() {
    return charset.equals(StandardCharsets.UTF_8);
  }

  RecordScanner scanner() {
    return new RecordScanner(delimiter, quote, lines.escape(), lines.comment());
  }

  /** Returns the document that says all of this. */
  Value.Doc.Builder toValue() {
    Value.Doc.Builder doc =
        Value.doc()
            .put("delimiter", detect ? "detect" : String.valueOf(delimiter))
            .put("quote", String.valueOf(quote))
            .put("header", header)
            .put("charset", charset.name());
    if (lines.skipped() > 0) {
      doc.put("skip", lines.skipped());
    }
    if (lines.comment() != NONE) {
      doc.put("comment", String.valueOf(lines.comment()));
    }
    if (lines.escape() != NONE) {
      doc.put("escape", String.valueOf(lines.escape()));
    }
    if (lines.ragged()) {
      doc.put("ragged", true);
    }
    return notation.addTo(doc);
  }
}
