package dev.mlstack.data.read;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.mlstack.testkit.Seeds;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordReaderTest {

  private static final String[] PIECES = {
    "",
    "a",
    "bc",
    "0.25",
    ",",
    ";",
    "\"",
    "\"\"",
    "\n",
    "\r",
    "\r\n",
    " ",
    "\t",
    "é",
    "\ud83d\udc0e",
    "a longer piece of text, with more than eight bytes",
    "\u0001",
    "\u0000",
    "\u00ff"
  };

  private static final CsvReader.CsvReaderBuilder INDEPENDENT =
      CsvReader.builder()
          .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
          .missingFieldStrategy(FieldMismatchStrategy.IGNORE);

  private final long seed = Seeds.next();
  private final Random random = new Random(seed);

  /** What was read of one record; {@code problem} is empty if nothing was wrong. */
  private record Read(long line, long offset, List<String> fields, String problem, String text) {}

  private static List<Read> read(RecordReader reader) throws IOException {
    List<Read> records = new ArrayList<>();
    try (reader) {
      while (reader.next()) {
        String problem = reader.problem();
        List<String> fields =
            problem != null
                ? List.of()
                : IntStream.range(0, reader.fields().fields()).mapToObj(reader::fieldText).toList();
        records.add(
            new Read(
                reader.line(),
                reader.offset(),
                fields,
                problem == null ? "" : problem,
                reader.text()));
      }
    }
    return records;
  }

  private static List<Read> read(String text) throws IOException {
    return read(reader(text.getBytes(StandardCharsets.UTF_8), 1 << 10, new Random(1)));
  }

  /** Returns a reader with a small buffer, of a stream that gives as few bytes as it likes. */
  private static RecordReader reader(byte[] bytes, int capacity, Random random) {
    InputStream all = new ByteArrayInputStream(bytes);
    InputStream in =
        new InputStream() {
          @Override
          public int read() throws IOException {
            return all.read();
          }

          @Override
          public int read(byte[] to, int from, int length) throws IOException {
            return all.read(to, from, Math.min(length, 1 + random.nextInt(20)));
          }
        };
    return new RecordReader(in, new RecordScanner(',', '"'), capacity);
  }

  private String cell() {
    StringBuilder cell = new StringBuilder();
    for (int i = random.nextInt(4); i > 0; i--) {
      cell.append(PIECES[random.nextInt(PIECES.length)]);
    }
    return cell.toString();
  }

  private String encoded(String cell) {
    boolean must = cell.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return must || random.nextInt(4) == 0 ? '"' + cell.replace("\"", "\"\"") + '"' : cell;
  }

  private String lineEnd() {
    return switch (random.nextInt(4)) {
      case 0 -> "\r\n";
      case 1 -> "\r";
      default -> "\n";
    };
  }

  /**
   * Returns well-formed records with any line ends, some blank lines, the last line with or not.
   */
  private String file() {
    StringBuilder file = new StringBuilder();
    int records = 1 + random.nextInt(12);
    for (int i = 0; i < records; i++) {
      int fields = 1 + random.nextInt(5);
      for (int j = 0; j < fields; j++) {
        file.append(j == 0 ? "" : ",").append(encoded(cell()));
      }
      if (i < records - 1 || random.nextBoolean()) {
        file.append(lineEnd());
      }
      while (random.nextInt(8) == 0) {
        file.append(random.nextBoolean() ? "\n" : "\r\n");
      }
    }
    return file.toString();
  }

  private static List<Read> readIndependently(String file) {
    List<Read> records = new ArrayList<>();
    try (CsvReader<CsvRecord> reader = INDEPENDENT.ofCsvRecord(file)) {
      for (CsvRecord record : reader) {
        records.add(new Read(record.getStartingLineNumber(), 0, record.getFields(), "", ""));
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    // A line of nothing but blanks is a blank line to us.
    return records.stream().filter(RecordReaderTest::isNotBlank).toList();
  }

  private static boolean isNotBlank(Read record) {
    return record.fields().size() > 1 || !record.fields().get(0).matches("[ \t]*");
  }

  @Test
  void next_wellFormedRecords_areThoseOfAnIndependentReader() throws IOException {
    int rounds = Seeds.repetitions(1000, 200_000);
    for (int round = 0; round < rounds; round++) {
      String file = file();
      List<Read> expected = readIndependently(file);
      int capacity = round % 3 == 0 ? 1 << 10 : 1 + random.nextInt(64);
      byte[] bytes = file.getBytes(StandardCharsets.UTF_8);
      List<Read> actual = read(reader(bytes, capacity, random));
      // A quoted field of blanks alone is no blank line, which the other reader does not tell.
      List<Read> comparable = actual.stream().filter(RecordReaderTest::isNotBlank).toList();
      assertThat(comparable)
          .as(() -> String.format("file %s, capacity %d, seed %d", shown(file), capacity, seed))
          .usingElementComparator(
              (a, b) ->
                  (a.line() == b.line() || hasReturns(expected))
                          && a.fields().equals(b.fields())
                          && a.problem().isEmpty()
                      ? 0
                      : 1)
          .isEqualTo(expected);
      assertOffsets(bytes, actual);
    }
  }

  /**
   * Tells whether a field has a carriage return in it, which the other reader counts differently.
   */
  private static boolean hasReturns(List<Read> records) {
    return records.stream().anyMatch(r -> r.fields().stream().anyMatch(f -> f.contains("\r")));
  }

  private static String shown(String file) {
    return file.replace("\r", "<CR>").replace("\n", "<LF>");
  }

  /** Reading from where a record begins gives that record. */
  private static void assertOffsets(byte[] bytes, List<Read> records) throws IOException {
    for (Read record : records) {
      byte[] rest = java.util.Arrays.copyOfRange(bytes, (int) record.offset(), bytes.length);
      Read again = read(new String(rest, StandardCharsets.UTF_8)).get(0);
      assertThat(again.fields()).isEqualTo(record.fields());
      assertThat(again.offset()).isZero();
    }
  }

  /** Whatever the bytes are: the same with every buffer, and no exception. */
  @Test
  void next_anyBytes_areReadAlikeWithEveryBuffer() throws IOException {
    byte[] alphabet = "ab,,\"\"\n\r \u00e9".getBytes(StandardCharsets.UTF_8);
    int rounds = Seeds.repetitions(1000, 200_000);
    for (int round = 0; round < rounds; round++) {
      byte[] bytes = new byte[random.nextInt(80)];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = alphabet[random.nextInt(alphabet.length)];
      }
      List<Read> expected = read(reader(bytes, 1 << 10, random));
      for (int capacity : new int[] {1, 7, 8, 9, 33}) {
        assertThat(read(reader(bytes, capacity, random)))
            .as(
                () ->
                    java.util.Arrays.toString(bytes) + ", capacity " + capacity + ", seed " + seed)
            .isEqualTo(expected);
      }
    }
  }

  @Test
  void next_quoteInsideOfAPlainField_isPartOfIt() throws IOException {
    assertThat(read("a \"b\" c,5\" pipe\n").get(0).fields())
        .containsExactly("a \"b\" c", "5\" pipe");
  }

  @Test
  void next_somethingBehindAClosingQuote_setsOneLineAside() throws IOException {
    List<Read> records = read("a,b\n1,\"x\"y,2\n3,4\n");
    assertThat(records.get(1).problem())
        .isEqualTo("something follows the quote that closes a field");
    assertThat(records.get(1).text()).isEqualTo("1,\"x\"y,2");
    assertThat(records.get(1).line()).isEqualTo(2);
    assertThat(records.get(2).fields()).containsExactly("3", "4");
    assertThat(records.get(2).line()).isEqualTo(3);
  }

  /** One stray quote costs the line on which it stands, not the rest of the file. */
  @Test
  void next_quoteThatIsNotClosed_setsOneLineAside() throws IOException {
    List<Read> records = read("a,b\n1,\"open\n3,4\r\n5,6");
    assertThat(records).hasSize(4);
    assertThat(records.get(1).problem()).isEqualTo("the quote of a field is not closed");
    assertThat(records.get(1).text()).isEqualTo("1,\"open");
    assertThat(records.get(2)).isEqualTo(new Read(3, 12, List.of("3", "4"), "", "3,4"));
    assertThat(records.get(3)).isEqualTo(new Read(4, 17, List.of("5", "6"), "", "5,6"));
  }

  @Test
  void next_quoteThatIsNotClosedBehindLinesOfItsRecord_namesItsLine() throws IOException {
    List<Read> records = read("\"two\nlines\",\"open\nnext,line\n");
    assertThat(records.get(0).problem())
        .isEqualTo("the quote of a field is not closed that begins on line 2");
    assertThat(records.get(0).line()).isEqualTo(1);
    assertThat(records.get(0).text()).isEqualTo("\"two\nlines\",\"open");
    assertThat(records.get(1).fields()).containsExactly("next", "line");
    assertThat(records.get(1).line()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\r"})
  void next_lineEndsInsideOfQuotes_areCounted(String end) throws IOException {
    String field = '"' + end + "a longer text" + end + end + "b" + end + '"';
    for (int capacity = 1; capacity < 40; capacity++) {
      byte[] file = (field + "," + field + end + "last").getBytes(StandardCharsets.UTF_8);
      List<Read> records = read(reader(file, capacity, random));
      assertThat(records.get(1).line()).as("capacity %d", capacity).isEqualTo(1 + 4 + 4 + 1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "\r\n\r\n", " \t \n\n"})
  void next_nothingButBlankLines_isNoRecord(String text) throws IOException {
    assertThat(read(text)).isEmpty();
  }

  @Test
  void next_emptyFields_areFields() throws IOException {
    List<Read> records = read(",\n\"\"\n\"\",\n,,");
    assertThat(records.stream().map(Read::fields))
        .containsExactly(List.of("", ""), List.of(""), List.of("", ""), List.of("", "", ""));
    assertThat(records.stream().map(Read::line)).containsExactly(1L, 2L, 3L, 4L);
  }

  @Test
  void next_fieldThatIsTooLong_setsOneLineAside() throws IOException {
    byte[] file = new byte[RecordReader.MAX_FIELD_BYTES + 100];
    java.util.Arrays.fill(file, (byte) 'x');
    file[5] = ',';
    file[file.length - 8] = '\n';
    file[file.length - 7] = 'y';
    file[file.length - 3] = '\n';
    List<Read> records =
        read(
            new RecordReader(
                new ByteArrayInputStream(file), new RecordScanner(',', '"'), file.length));
    assertThat(records).hasSize(3);
    assertThat(records.get(0).problem()).startsWith("a field has more than 16 MiB");
    assertThat(records.get(0).text()).hasSize(RecordReader.MAX_TEXT_BYTES).startsWith("xxxxx,xx");
    assertThat(records.get(1).fields()).containsExactly("yxxx");
    assertThat(records.get(1).line()).isEqualTo(2);
    assertThat(records.get(1).offset()).isEqualTo(file.length - 7);
  }

  @Test
  void next_quotedFieldThatIsTooLong_setsOneLineAside() throws IOException {
    byte[] file = new byte[3 * RecordReader.MAX_FIELD_BYTES];
    java.util.Arrays.fill(file, (byte) 'x');
    file[5] = ',';
    file[6] = '"';
    file[10] = '\n';
    file[20] = '\n';
    List<Read> records =
        read(
            new RecordReader(
                new ByteArrayInputStream(file), new RecordScanner(',', '"'), file.length));
    assertThat(records.get(0).problem())
        .isEqualTo("a field has more than 16 MiB; its quote may not be closed");
    assertThat(records.get(0).text()).isEqualTo("xxxxx,\"xxx");
    assertThat(records.get(1).fields()).containsExactly("xxxxxxxxx");
    assertThat(records.get(1).line()).isEqualTo(2);
    assertThat(records.get(2).problem()).startsWith("a field has more than 16 MiB");
    assertThat(records).hasSize(3);
  }
}
