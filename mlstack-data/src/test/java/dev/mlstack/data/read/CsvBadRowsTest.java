package dev.mlstack.data.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mlstack.compute.Execution;
import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.schema.Schema;
import dev.mlstack.table.DataException;
import dev.mlstack.table.RejectedRow;
import dev.mlstack.table.SourceReader;
import dev.mlstack.testkit.Seeds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows that cannot be read are set aside, with their place and the reason. */
class CsvBadRowsTest {

  private static final Schema SCHEMA =
      Schema.of(
          Field.of("id", FieldType.INT32).required(),
          Field.of("small", new FieldType.Int(8)),
          Field.of("real", FieldType.FLOAT64),
          Field.of("flag", FieldType.BOOL),
          Field.of("day", FieldType.DATE),
          Field.of("at", FieldType.INSTANT),
          Field.of("time", FieldType.LOCAL_DATE_TIME),
          Field.of("size", FieldType.category(List.of("S", "L"))),
          Field.of("text", FieldType.TEXT));

  private final Path directory;

  CsvBadRowsTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "id | '' | a value is missing, and the column must have one",
        "id | NA | a value is missing, and the column must have one",
        "id | x | not a whole number",
        "id | 1.5 | not a whole number",
        "id | 2147483648 | too large for int32",
        "id | 99999999999999999999 | too large for int32",
        "small | 128 | too large for int8",
        "small | -129 | too large for int8",
        "real | 1.2.3 | not a number",
        "real | one | not a number",
        "flag | yes | neither true nor false",
        "flag | 2 | neither true nor false",
        "day | 2023-02-29 | not a date of the form yyyy-mm-dd",
        "day | 01.02.2023 | not a date of the form yyyy-mm-dd",
        "at | 2023-01-01T00:00:00 | an instant needs a zone, such as Z; a date and time without one is another type",
        "at | soon | not a timestamp of the form yyyy-mm-ddThh:mm:ssZ",
        "time | 2023-01-01T00:00:00Z | a date and time has no zone; with one it is an instant, which is another type",
        "time | 25:00 | not a timestamp of the form yyyy-mm-ddThh:mm:ss",
        "size | M | none of [S, L]"
      })
  void open_badValue_isSetAside(String column, String value, String reason) throws IOException {
    List<String> names = SCHEMA.names();
    String[] cells = {"1", "", "", "", "", "", "", "", ""};
    String[] bad = cells.clone();
    bad[names.indexOf(column)] = value;
    String header = String.join(",", names);
    String good = String.join(",", cells);
    String badLine = String.join(",", bad);
    String file = header + "\n" + good + "\r\n" + badLine + "\r\n" + good + "\n" + good;
    Path path = CsvResult.write(directory, file);
    CsvResult result = CsvResult.read(Csv.file(path).as(SCHEMA));
    assertThat(result.lines()).containsExactly(2L, 4L, 5L);
    assertThat(result.rejected())
        .containsExactly(
            new RejectedRow(
                path.getFileName().toString(),
                3,
                header.length() + 1 + good.length() + 2,
                column,
                value,
                reason,
                badLine));
    assertThat(result.rejected().get(0).toString())
        .isEqualTo(
            path.getFileName()
                + ", line 3, column "
                + column
                + ", value '"
                + value
                + "': "
                + reason);
  }

  private CsvResult read(String file) throws IOException {
    return CsvResult.read(Csv.file(CsvResult.write(directory, file)).maxRejected(100));
  }

  @Test
  void open_wrongNumberOfFields_isSetAside() throws IOException {
    CsvResult result = read("a,b,c\n1,2\n1,2,3\n1,2,3,4\n1\n\n");
    assertThat(result.rejected().stream().map(RejectedRow::reason))
        .containsExactly(
            "it has 2 fields where there are 3",
            "it has 4 fields where there are 3",
            "it has 1 fields where there are 3");
    assertThat(result.rejected().stream().map(RejectedRow::line)).containsExactly(2L, 4L, 5L);
    assertThat(result.rejected()).allMatch(row -> row.column().isEmpty() && row.value().isEmpty());
    assertThat(result.lines()).containsExactly(3L);
  }

  @Test
  void open_brokenQuotes_setOneLineAside() throws IOException {
    CsvResult result = read("a,b\n1,\"x\" y\n2,ok\n3,\"never closed\n4,ok\n5,ok\n");
    assertThat(result.texts("a")).containsExactly("2", "4", "5");
    assertThat(result.rejected().stream().map(RejectedRow::reason))
        .containsExactly(
            "something follows the quote that closes a field",
            "the quote of a field is not closed");
    assertThat(result.rejected().stream().map(RejectedRow::text))
        .containsExactly("1,\"x\" y", "3,\"never closed");
  }

  /** Other rows of the file are still read. */
  @Test
  void open_malformedUtf8_setsTheRowAside() throws IOException {
    byte[] file = "a,b\nü,1\nx?y,2\nz,3\n".getBytes(StandardCharsets.UTF_8);
    file[indexOf(file, (byte) '?')] = (byte) 0xE9;
    CsvResult result = CsvResult.read(Csv.file(CsvResult.write(directory, file)));
    assertThat(result.texts("a")).containsExactly("ü", "z");
    assertThat(result.rejected()).hasSize(1);
    assertThat(result.rejected().get(0).reason())
        .isEqualTo("not well-formed in the charset of the file; .charset(…) says another");
    assertThat(result.rejected().get(0).value()).isEqualTo("x\ufffdy");
  }

  private static int indexOf(byte[] bytes, byte wanted) {
    int index = 0;
    while (bytes[index] != wanted) {
      index++;
    }
    return index;
  }

  @Test
  void open_quotedValueWithQuotes_isShownWithoutTheDoubling() throws IOException {
    record R(int a) {}
    Path path = CsvResult.write(directory, "a\n\"say \"\"1\"\"\"\n2\n");
    RejectedRow row = CsvResult.read(Csv.file(path).as(R.class)).rejected().get(0);
    assertThat(row.value()).isEqualTo("say \"1\"");
    assertThat(row.text()).isEqualTo("\"say \"\"1\"\"\"");
  }

  @Test
  void open_longValuesAndRows_areBounded() throws IOException {
    record R(int a) {}
    Path path = CsvResult.write(directory, "a,b\n" + "x".repeat(50_000) + ",y\n2,3\n");
    RejectedRow row = CsvResult.read(Csv.file(path).as(R.class)).rejected().get(0);
    assertThat(row.value()).hasSize(1001).endsWith("x…");
    assertThat(row.text()).hasSize(RecordReader.MAX_TEXT_BYTES);
  }

  /** What was set aside, put back after it is mended, is read. */
  @Test
  void open_offsetAndText_findTheRowInTheFile() throws IOException {
    long seed = Seeds.next();
    Random random = new Random(seed);
    StringBuilder file = new StringBuilder("\ufeffn,t\n");
    int bad = 0;
    for (int i = 0; i < 500; i++) {
      boolean isBad = random.nextInt(5) == 0;
      bad += isBad ? 1 : 0;
      file.append(isBad ? "é" : "").append(i).append(",\"text\nof ü lines\"");
      file.append(random.nextBoolean() ? "\r\n" : "\n");
    }
    byte[] bytes = file.toString().getBytes(StandardCharsets.UTF_8);
    Path path = CsvResult.write(directory, bytes);
    Schema schema = Schema.of(Field.of("n", FieldType.INT64), Field.of("t", FieldType.TEXT));
    CsvResult result = CsvResult.read(Csv.file(path).as(schema));
    assertThat(result.rejected()).as("seed %d", seed).hasSize(bad);
    assertThat(result.rows()).isEqualTo(500 - bad);
    for (RejectedRow row : result.rejected()) {
      byte[] text = row.text().getBytes(StandardCharsets.UTF_8);
      int from = (int) row.offset();
      assertThat(Arrays.copyOfRange(bytes, from, from + text.length)).isEqualTo(text);
      long lines = file.toString().substring(0, file.indexOf(row.text())).lines().count();
      assertThat(row.line()).isEqualTo(lines + 1);
    }
  }

  @Test
  void open_inOrder_rejectedRowsAreToldBeforeTheRowsBehindThem() throws IOException {
    record R(int a) {}
    StringBuilder file = new StringBuilder("a\n");
    for (int i = 0; i < 200_000; i++) {
      file.append(i % 1000 == 0 ? "x" : "1").append('\n');
    }
    List<Long> told = new ArrayList<>();
    Csv csv = Csv.file(CsvResult.write(directory, file.toString())).as(R.class);
    try (SourceReader reader = csv.open(row -> told.add(row.line()), Execution.here())) {
      for (var table = reader.next(); table != null; table = reader.next()) {
        long last = table.rowId(table.rows() - 1);
        assertThat(told).hasSize((int) ((last - 2) / 1000) + 1).isSorted();
      }
    }
    assertThat(told).hasSize(200);
  }

  private static String rows(int good, int bad) {
    return "a,b\n" + "1,2\n".repeat(good) + "1\n".repeat(bad);
  }

  private Csv csv(String file) throws IOException {
    return Csv.file(CsvResult.write(directory, file));
  }

  @Test
  void maxRejected_oneTooMany_endsWithASummary() throws IOException {
    Csv csv = csv("a,b\n1,2\n1\nx,y,z\n2\n3,4\n").maxRejected(2);
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> CsvResult.read(csv))
        .withMessageMatching(
            "data\\d+\\.csv: more than 2 rows cannot be read; most often \\(2 rows\\): it has 1"
                + " fields where there are 2; the first: data\\d+\\.csv, line 3: it has 1 fields"
                + " where there are 2; maxRejected\\(n\\) allows more");
    assertThat(CsvResult.read(csv.maxRejected(3)).rows()).isEqualTo(2);
  }

  @Test
  void maxRejected_zero_allowsNone() throws IOException {
    Csv csv = csv(rows(5, 1)).maxRejected(0);
    assertThatExceptionOfType(DataException.class).isThrownBy(() -> CsvResult.read(csv));
    assertThat(CsvResult.read(csv(rows(5, 0)).maxRejected(0)).rows()).isEqualTo(5);
  }

  /** By default as many bad rows as good ones, and no more than a thousand. */
  @Test
  void maxRejected_default_isHalfOfTheRowsAndAThousand() throws IOException {
    assertThat(CsvResult.read(csv(rows(3, 3))).rows()).isEqualTo(3);
    Csv moreThanHalf = csv(rows(3, 4));
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> CsvResult.read(moreThanHalf))
        .withMessageContaining("4 of 7 rows cannot be read");
    assertThat(CsvResult.read(moreThanHalf.maxRejected(4)).rows()).isEqualTo(3);
    assertThat(CsvResult.read(csv(rows(5000, 1000))).rejected()).hasSize(1000);
    Csv moreThanAThousand = csv(rows(5000, 1001));
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> CsvResult.read(moreThanAThousand))
        .withMessageContaining("more than 1000 rows cannot be read");
  }

  @Test
  void maxRejected_exceeded_stillToldEveryRow() throws IOException {
    List<RejectedRow> told = new ArrayList<>();
    Csv csv = csv(rows(1, 10)).maxRejected(4);
    try (SourceReader reader = csv.open(told::add, Execution.here())) {
      assertThatExceptionOfType(DataException.class).isThrownBy(reader::next);
    }
    assertThat(told).hasSize(5);
  }
}
