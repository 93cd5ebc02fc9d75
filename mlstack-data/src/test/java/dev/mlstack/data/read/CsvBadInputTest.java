package dev.mlstack.data.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mlstack.table.DataException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are not what they should be: one clear sentence each. */
class CsvBadInputTest {

  record Abc(int a, int b, int c) {}

  private final Path directory;

  CsvBadInputTest(@TempDir Path directory) {
    this.directory = directory;
  }

  private Csv csv(String text) throws IOException {
    return Csv.file(CsvResult.write(directory, text));
  }

  /** Fails with and without declared columns, and when only the types are asked for. */
  private static void assertFails(Csv csv, String message) {
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> CsvResult.read(csv))
        .withMessageMatching("data\\d+\\.csv" + message);
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> CsvResult.read(csv.as(Abc.class)))
        .withMessageMatching("data\\d+\\.csv" + message);
  }

  @Test
  void open_missingFile_isNamed() {
    Path path = directory.resolve("nowhere.csv");
    assertThatThrownBy(() -> CsvResult.read(Csv.file(path)))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessage(path + ": there is no such file");
    assertThatThrownBy(() -> Csv.file(path).schema()).isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> Csv.file(path).origin()).isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void open_headerInAnotherCharset_isRefused() throws IOException {
    byte[] latin = "a,größe,c\n1,2,3\n".getBytes(StandardCharsets.ISO_8859_1);
    Csv csv = Csv.file(CsvResult.write(directory, latin));
    assertFails(
        csv,
        ": the name of column 2, 'gr\ufffd\ufffde', is not well-formed in the charset of the file;"
            + " say another, such as \\.charset\\(StandardCharsets\\.ISO_8859_1\\)");
    assertThat(csv.charset(StandardCharsets.ISO_8859_1).schema().names())
        .containsExactly("a", "größe", "c");
  }

  @Test
  void open_directory_isNamed() {
    assertThatThrownBy(() -> CsvResult.read(Csv.file(directory)))
        .isInstanceOf(FileSystemException.class)
        .hasMessage(directory + ": this is a directory; name a file in it");
  }

  @Test
  void open_emptyFile_isRefused() throws IOException {
    assertFails(csv(""), " is empty: it has neither a header nor rows");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n\n", "\r\n", " \n\t\n", "\ufeff"})
  void open_blankFile_isRefused(String text) throws IOException {
    assertFails(csv(text), " has no line that can be read");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a,b,c", "a,b,c\n", "a,b,c\r\n\r\n"})
  void open_headerAlone_isRefused(String text) throws IOException {
    assertFails(csv(text), " has a header but no rows");
  }

  @ParameterizedTest
  @CsvSource({"';', ;", "'\t', \\t", "'|', |"})
  void open_wrongDelimiter_isNamed(char delimiter, String shown) throws IOException {
    String file = "a,b,c\n1,2,3\n4,5,6\n".replace(',', delimiter);
    String header = "a,b,c".replace(',', delimiter);
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> CsvResult.read(csv(file).as(Abc.class)))
        .withMessageEndingWith(
            ": the header has one column '"
                + header
                + "': the file seems to be separated by '"
                + shown
                + "', say .delimiter('"
                + shown
                + "')");
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> csv(file).schema())
        .withMessageContaining("say .delimiter('" + shown + "')");
    assertThat(CsvResult.read(csv(file).as(Abc.class).delimiter(delimiter)).rows()).isEqualTo(2);
    assertThat(CsvResult.read(csv(file).as(Abc.class).detectDelimiter()).rows()).isEqualTo(2);
    assertThat(CsvResult.read(csv(file).detectDelimiter()).schema().names())
        .containsExactly("a", "b", "c");
  }

  @Test
  void detectDelimiter_looksAtMoreThanTheHeader() throws IOException {
    String file = "name;remark\na;one, two, three\nb;four\nc;\"five;six, seven\"\n";
    assertThat(CsvResult.read(csv(file).detectDelimiter()).texts("remark"))
        .containsExactly("one, two, three", "four", "five;six, seven");
    assertThat(CsvResult.read(csv("a\n1\n2\n").detectDelimiter()).rows()).isEqualTo(2);
  }

  /** One column whose name has a semicolon in it is no mistake. */
  @Test
  void open_oneColumn_isRead() throws IOException {
    assertThat(CsvResult.read(csv("weight; in kg\n1\n2\n3\n")).schema().names())
        .containsExactly("weight; in kg");
  }

  @Test
  void open_duplicateNames_areRefused() throws IOException {
    assertFails(
        csv("a,b,c,a\n1,2,3,4\n"),
        " has two columns named 'a', columns 1 and 4 of its header; rename one");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"a\"x,b | something follows the quote that closes a field",
        "a,\"b | the quote of a field is not closed"
      })
  void open_brokenHeader_isRefused(String header, String reason) throws IOException {
    assertFails(csv(header + "\n1,2\n"), " has a broken header: " + reason);
  }

  @ParameterizedTest
  @CsvSource({
    "1f8b08000000000000ff, ' cannot be unpacked, it is damaged or cut off: .*'",
    "28b52ffd0400, ' cannot be unpacked, it is damaged or cut off: .*'",
    "504b030414000600, ' is a zip archive or a spreadsheet; unpack it, or save it as CSV'",
    "504152311504, ' is a Parquet file, not text'",
    "4152524f57310000, ' is an Arrow file, not text'",
    "fffe61002c00, ' is UTF-16 text; say \\.charset\\(StandardCharsets\\.UTF_16\\)'",
    "feff0061002c, ' is UTF-16 text; say \\.charset\\(StandardCharsets\\.UTF_16\\)'",
    "612c620a312c00, ' is not text: byte 6 is zero'"
  })
  void open_otherFile_isNamed(String hex, String message) throws IOException {
    Path path = CsvResult.write(directory, HexFormat.of().parseHex(hex));
    assertFails(Csv.file(path), message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "ISO-8859-1", "windows-1252"})
  void charset_other_isRead(String charset) throws IOException {
    String text = "näme,wert\nä\u00e9,1\n\u00ff,x\n";
    Path path =
        CsvResult.write(directory, text.getBytes(java.nio.charset.Charset.forName(charset)));
    CsvResult result =
        CsvResult.read(Csv.file(path).charset(java.nio.charset.Charset.forName(charset)));
    assertThat(result.schema().names()).containsExactly("näme", "wert");
    assertThat(result.texts("näme")).containsExactly("äé", "ÿ");
  }

  @Test
  void charset_other_hasNoOffsets() throws IOException {
    record R(int wert) {}
    Path path = CsvResult.write(directory, "wert\n1\nä\n".getBytes(StandardCharsets.ISO_8859_1));
    CsvResult result =
        CsvResult.read(Csv.file(path).as(R.class).charset(StandardCharsets.ISO_8859_1));
    assertThat(result.rejected().get(0).offset()).isEqualTo(-1);
    assertThat(result.rejected().get(0).value()).isEqualTo("ä");
    assertThat(result.rejected().get(0).line()).isEqualTo(3);
  }

  @Test
  void open_absurdlyManyColumns_areRefused() throws IOException {
    assertFails(
        csv("x,".repeat(Header.MAX_FIELDS) + "x\n1\n"),
        " has 100001 columns, more than the 100000 that are allowed");
  }

  @Test
  void open_manyColumns_areRead() throws IOException {
    String header =
        IntStream.range(0, 3000).mapToObj(i -> "c" + i).collect(Collectors.joining(","));
    String row = IntStream.range(0, 3000).mapToObj(i -> "" + i).collect(Collectors.joining(","));
    CsvResult result = CsvResult.read(csv(header + "\n" + (row + "\n").repeat(40)));
    assertThat(result.schema().size()).isEqualTo(3000);
    assertThat(result.texts("c2999")).hasSize(40).containsOnly("2999");
  }

  @Test
  void open_fieldOfMoreThanSixteenMebibytes_isSetAside() throws IOException {
    String field = "x".repeat(RecordReader.MAX_FIELD_BYTES + 1);
    CsvResult result = CsvResult.read(csv("a,b\n1,2\n" + field + ",3\n4,5\n"));
    assertThat(result.texts("a")).containsExactly("1", "4");
    assertThat(result.rejected().get(0).reason()).startsWith("a field has more than 16 MiB");
    assertThat(result.rejected().get(0).line()).isEqualTo(3);
  }
}
