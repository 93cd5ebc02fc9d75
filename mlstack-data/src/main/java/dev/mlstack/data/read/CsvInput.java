package dev.mlstack.data.read;

import dev.mlstack.compute.Execution;
import dev.mlstack.data.internal.Input;
import dev.mlstack.data.internal.InputMeter;
import dev.mlstack.data.internal.TextCoding;
import dev.mlstack.table.DataException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A file and how it is written. Opens the file; checks beforehand that it is one of text. */
final class CsvInput {

  private static final int SAMPLE_BYTES = 1 << 16;

  private final Input file;
  private final TextCoding coding;
  private final Dialect dialect;

  private CsvInput(Input file, TextCoding coding, Dialect dialect) {
    this.file = file;
    this.coding = coding;
    this.dialect = dialect;
  }

  /**
   * Returns the input that a file is.
   *
   * @throws IOException if it cannot be read
   * @throws DataException if it is empty, or not text
   */
  static CsvInput of(Path path, Dialect dialect) throws IOException {
    CsvInput input = new CsvInput(Input.file(path), new TextCoding(dialect.charset(), 0), dialect);
    byte[] head = input.head();
    if (head.length == 0) {
      throw new DataException(input.name() + " is empty: it has neither a header nor rows");
    }
    return dialect.detect()
        ? new CsvInput(
            input.file, input.coding, dialect.withDelimiter(input.detector(head).detect()))
        : input;
  }

  private byte[] head() throws IOException {
    return coding.requireText(file, SAMPLE_BYTES);
  }

  private DelimiterDetector detector(byte[] head) throws IOException {
    try (TextCoding.Open text = coding.decode(new ByteArrayInputStream(head))) {
      return new DelimiterDetector(
          dialect.quote(), text.in().readAllBytes(), head.length < SAMPLE_BYTES);
    }
  }

  /** Returns the name of the file. */
  String name() {
    return file.name();
  }

  Dialect dialect() {
    return dialect;
  }

  /**
   * Returns a meter of the file.
   *
   * @param doing what is done with it, such as {@code read}, for progress and cancellation
   * @param hashing whether its digest is wanted
   */
  InputMeter meter(String doing, boolean hashing, Execution execution) {
    return new InputMeter(doing + " " + name(), file.expectedBytes(), hashing, execution);
  }

  /** Opens the file. */
  TextCoding.Open open(InputMeter meter) throws IOException {
    return coding.open(file, meter);
  }

  /** Opens the bytes of the file as they are stored. */
  InputStream openStored(InputMeter meter) throws IOException {
    return meter.measure(file.open());
  }

  /** Returns a reader of the records of an open file, which it takes over. */
  RecordReader records(TextCoding.Open text) {
    return new RecordReader(text.in(), dialect.scanner(), file.expectedBytes());
  }

  /**
   * Reads the header, or the first record that is whole if there is none.
   *
   * @return it; {@code null} if there is no such record
   * @throws DataException if it is broken, or the delimiter is another one
   */
  @Nullable Header header() throws IOException {
    try (RecordReader records =
        records(open(meter("read the header of", false, Execution.here())))) {
      boolean found = records.next();
      while (found && !dialect.header() && records.problem() != null) {
        found = records.next();
      }
      if (!found) {
        return null;
      }
      Header header =
          dialect.header() ? Header.of(name(), records) : Header.numbered(name(), records);
      if (header.size() == 1) {
        requireDelimiter(records.text());
      }
      return header;
    }
  }

  private void requireDelimiter(String header) throws IOException {
    char detected = detector(head()).detect();
    if (detected != dialect.delimiter() && header.indexOf(detected) >= 0) {
      String shown = detected == '\t' ? "\\t" : String.valueOf(detected);
      throw new DataException(
          String.format(
              "%s: the header has one column '%s': the file seems to be separated by '%s', say"
                  + " .delimiter('%s')",
              name(), header, shown, shown));
    }
  }

  /**
   * Checks that the file is the same as when this input was made.
   *
   * @throws DataException if it was changed meanwhile
   */
  void requireUnchanged() throws IOException {
    file.requireUnchanged();
  }
}
