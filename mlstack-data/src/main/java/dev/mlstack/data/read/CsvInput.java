package dev.mlstack.data.read;

import dev.mlstack.compute.Execution;
import dev.mlstack.data.internal.Input;
import dev.mlstack.data.internal.InputMeter;
import dev.mlstack.data.internal.Inputs;
import dev.mlstack.data.internal.TextCoding;
import dev.mlstack.table.DataException;
import dev.mlstack.table.Source;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;

/**
 * Files or a stream of records, and how they are written. Checks before anything is read that all
 * are text.
 */
final class CsvInput {

  private static final int SAMPLE_BYTES = 1 << 16;

  private final String name;
  private final List<Input> inputs;
  private final TextCoding coding;
  private final Dialect dialect;

  private CsvInput(String name, List<Input> inputs, TextCoding coding, Dialect dialect) {
    this.name = name;
    this.inputs = inputs;
    this.coding = coding;
    this.dialect = dialect;
  }

  /**
   * Returns the input that files or a stream are.
   *
   * @param maxUnpacked how many bytes may come of unpacking each; 0 if only their ratio is limited
   * @throws IOException if one of them cannot be read
   * @throws DataException if one is empty, or not text
   */
  static CsvInput of(Inputs inputs, Dialect dialect, long maxUnpacked) throws IOException {
    TextCoding coding = new TextCoding(dialect.charset(), maxUnpacked);
    CsvInput input = new CsvInput(inputs.name(), inputs.resolve(), coding, dialect);
    for (int i = 0; i < input.count(); i++) {
      if (input.head(i).length == 0) {
        throw new DataException(
            input.input(i).name() + " is empty: it has neither a header nor rows");
      }
    }
    if (!dialect.detect()) {
      return input;
    }
    char delimiter = input.detector(input.head(0)).detect();
    return new CsvInput(input.name, input.inputs, coding, dialect.withDelimiter(delimiter));
  }

  private byte[] head(int index) throws IOException {
    return coding.requireText(inputs.get(index), SAMPLE_BYTES);
  }

  private DelimiterDetector detector(byte[] head) throws IOException {
    try (TextCoding.Open text = coding.decode(new ByteArrayInputStream(head))) {
      RecordReader sample = new RecordReader(text.in(), dialect.scanner(), SAMPLE_BYTES * 4);
      skipLines(sample);
      boolean whole = head.length < SAMPLE_BYTES;
      return new DelimiterDetector(dialect, sample.remaining(), whole);
    }
  }

  /** Returns what people call all of it. */
  String name() {
    return name;
  }

  Dialect dialect() {
    return dialect;
  }

  /** Returns how many files or streams there are, one or more. */
  int count() {
    return inputs.size();
  }

  /** Returns one of the files or streams. */
  Input input(int index) {
    return inputs.get(index);
  }

  /**
   * Returns a meter of all.
   *
   * @param doing what is done, such as {@code read}, for progress and cancellation
   * @param hashing whether the digest is wanted
   */
  InputMeter meter(String doing, boolean hashing, Execution execution) {
    long expected = inputs.stream().mapToLong(Input::expectedBytes).sum();
    return new InputMeter(doing + " " + name, expected, hashing, execution);
  }

  /** Opens one of the files or streams. */
  TextCoding.Open open(int index, InputMeter meter) throws IOException {
    return coding.open(inputs.get(index), meter);
  }

  /** Returns a reader of the records of what was opened, which it takes over. */
  RecordReader records(int index, TextCoding.Open text) {
    return new RecordReader(text.in(), dialect.scanner(), inputs.get(index).expectedBytes());
  }

  /** Returns how many bytes all have as they are stored, and their digest. */
  Source.Origin origin() throws IOException {
    InputMeter meter = meter("hash", /* hashing= */ true, Execution.here());
    for (Input input : inputs) {
      try (InputStream in = meter.measure(input.open())) {
        in.transferTo(OutputStream.nullOutputStream());
      }
    }
    return new Source.Origin(name, meter.count(), meter.digest());
  }

  /**
   * Reads the header, or the first record that is whole if there is none.
   *
   * @throws DataException if there is no such record, it is broken, or the delimiter is another one
   */
  Header header() throws IOException {
    InputMeter meter = meter("read the header of", /* hashing= */ false, Execution.here());
    try (RecordReader records = records(0, open(0, meter))) {
      skipLines(records);
      boolean found = records.next();
      while (found && !dialect.header() && records.problem() != null) {
        found = records.next();
      }
      if (!found) {
        throw new DataException(input(0).name() + " has no line that can be read");
      }
      String source = input(0).name();
      Header header =
          dialect.header() ? Header.of(source, records) : Header.numbered(source, records);
      if (header.size() == 1) {
        requireDelimiter(records.text());
      }
      return header;
    }
  }

  private void skipLines(RecordReader records) throws IOException {
    int left = dialect.lines().skipped();
    while (left > 0 && records.skipLine()) {
      left--;
    }
  }

  private void requireDelimiter(String header) throws IOException {
    char detected = detector(head(0)).detect();
    if (detected != dialect.delimiter() && header.indexOf(detected) >= 0) {
      String shown = detected == '\t' ? "\\t" : String.valueOf(detected);
      throw new DataException(
          String.format(
              "%s: the header has one column '%s': the file seems to be separated by '%s', say"
                  + " .delimiter('%s')",
              input(0).name(), header, shown, shown));
    }
  }

  /**
   * Reads the header of one of the files or streams, if they have one.
   *
   * @param records stands at its beginning; stands before the first row afterwards
   * @throws DataException if it is not the expected one
   */
  void passHeader(int index, RecordReader records, Header expected) throws IOException {
    skipLines(records);
    if (!dialect.header() || !records.next() || index == 0) {
      return;
    }
    Header header = Header.of(input(index).name(), records);
    if (!header.names().equals(expected.names())) {
      throw new DataException(
          String.format(
              "%s has the columns %s but %s has %s; read files of different columns one by one",
              header.source(), header.names(), expected.source(), expected.names()));
    }
  }

  /**
   * Checks that all are the same as when this was made.
   *
   * @throws DataException if one was changed meanwhile
   */
  void requireUnchanged() throws IOException {
    for (Input input : inputs) {
      input.requireUnchanged();
    }
  }
}
