package dev.mlstack.data.read;

import dev.mlstack.compute.Execution;
import dev.mlstack.table.DataException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A file and how it is written. Opens the file; checks beforehand that it is one of text. */
final class CsvInput {

  private static final int SAMPLE_BYTES = 1 << 16;
  private static final byte[] BOM = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private final Path path;
  private final Dialect dialect;
  private final Stamp stamp;

  /** What tells that a file was changed. */
  private record Stamp(long bytes, FileTime modified) {
    static Stamp of(Path path) throws IOException {
      return new Stamp(Files.size(path), Files.getLastModifiedTime(path));
    }
  }

  private CsvInput(Path path, Dialect dialect, Stamp stamp) {
    this.path = path;
    this.dialect = dialect;
    this.stamp = stamp;
  }

  /**
   * Returns the input that a file is.
   *
   * @throws IOException if it cannot be read
   * @throws DataException if it is empty, or not text
   */
  static CsvInput of(Path path, Dialect dialect) throws IOException {
    requireFile(path);
    Stamp stamp = Stamp.of(path);
    CsvInput input = new CsvInput(path, dialect, stamp);
    byte[] head = input.head();
    if (head.length == 0) {
      throw new DataException(input.name() + " is empty: it has neither a header nor rows");
    }
    TextFiles.requireText(input.name(), head, dialect.isUtf8());
    return dialect.detect()
        ? new CsvInput(path, dialect.withDelimiter(input.detector(head).detect()), stamp)
        : input;
  }

  private static void requireFile(Path path) throws IOException {
    if (!Files.exists(path)) {
      throw new NoSuchFileException(path.toString(), null, "there is no such file");
    } else if (Files.isDirectory(path)) {
      throw new FileSystemException(
          path.toString(), null, "this is a directory; name a file in it");
    }
  }

  private byte[] head() throws IOException {
    try (InputStream in = Files.newInputStream(path)) {
      return in.readNBytes(SAMPLE_BYTES);
    }
  }

  private DelimiterDetector detector(byte[] head) throws IOException {
    try (InputStream in = decoded(new ByteArrayInputStream(head))) {
      return new DelimiterDetector(dialect.quote(), in.readAllBytes(), head.length < SAMPLE_BYTES);
    }
  }

  /** Returns the name of the file. */
  String name() {
    Path file = path.getFileName();
    return (file == null ? path : file).toString();
  }

  Dialect dialect() {
    return dialect;
  }

  /**
   * Opens the file.
   *
   * @param doing what is done with it, such as {@code read}, for progress and cancellation
   */
  MeteredInput open(String doing, Execution execution) throws IOException {
    String task = doing + " " + name();
    return new MeteredInput(Files.newInputStream(path), task, stamp.bytes(), execution);
  }

  /** Returns a reader of the records of an open file, which it takes over. */
  RecordReader records(InputStream in) throws IOException {
    try {
      return new RecordReader(decoded(in), dialect.scanner(), stamp.bytes());
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }

  /** Returns a stream in UTF-8, without the mark that some programs begin it with. */
  private InputStream decoded(InputStream in) throws IOException {
    InputStream utf8 = dialect.isUtf8() ? in : new TranscodingInput(in, dialect.charset());
    PushbackInputStream pushback = new PushbackInputStream(utf8, BOM.length);
    byte[] start = pushback.readNBytes(BOM.length);
    if (!Arrays.equals(start, BOM)) {
      pushback.unread(start);
    }
    return pushback;
  }

  /** Returns the place of the first record in the file. */
  long firstOffset() throws IOException {
    byte[] start = new byte[BOM.length];
    try (InputStream in = Files.newInputStream(path)) {
      in.readNBytes(start, 0, start.length);
    }
    return Arrays.equals(start, BOM) ? BOM.length : 0;
  }

  /**
   * Reads the header, or the first record that is whole if there is none.
   *
   * @return it; {@code null} if there is no such record
   * @throws DataException if it is broken, or the delimiter is another one
   */
  @Nullable Header header() throws IOException {
    try (RecordReader records = records(Files.newInputStream(path))) {
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
    if (!Stamp.of(path).equals(stamp)) {
      throw new DataException(
          name() + " was changed while it was read; read it again when nobody writes to it");
    }
  }
}
