package dev.mlstack.data.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.schema.Schema;
import dev.mlstack.table.RejectedRow;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Dates, times and numbers as other countries write them. */
class CsvNotationTest {

  private final Path directory;

  CsvNotationTest(@TempDir Path directory) {
    this.directory = directory;
  }

  private Csv csv(String text) throws IOException {
    return Csv.file(CsvResult.write(directory, text)).delimiter(';');
  }

  private static List<String> types(Csv csv) throws IOException {
    return csv.schema().fields().stream().map(field -> field.type().toString()).toList();
  }

  @Test
  void patterns_inferred() throws IOException {
    String file =
        """
        a;b;c;d;e
        31.01.2024;31.01.2024 13:14;2024-01-31;20240131;01.02.2024
         29.02.2024 ;01.02.2024 03:04:05;2024-02-01;;30.02.2024
        NA;02.02.2024;2024-02-02;20240202;03.02.2024
        """;
    Csv german = csv(file).dates("dd.MM.yyyy").times("dd.MM.yyyy HH:mm[:ss]");
    assertThat(types(german)).containsExactly("date", "date and time", "text", "int64", "text");
    CsvResult result = CsvResult.read(german.maxRejected(0));
    assertThat(result.texts("a")).containsExactly("2024-01-31", "2024-02-29", "");
    assertThat(result.texts("b"))
        .containsExactly("2024-01-31T13:14", "2024-02-01T03:04:05", "2024-02-02T00:00");
    assertThat(types(csv(file))).containsExactly("text", "text", "date", "int64", "text");
    assertThat(types(csv(file).dates("yyyyMMdd")))
        .containsExactly("text", "text", "text", "date", "text");
  }

  @Test
  void times_withZones_areInstants() throws IOException {
    Csv csv = csv("t\n01.02.2024 13:14+01:00\n01.02.2024 13:14Z\n").times("dd.MM.yyyy HH:mmX");
    assertThat(types(csv)).containsExactly("instant");
    assertThat(CsvResult.read(csv).texts("t"))
        .containsExactly("2024-02-01T12:14:00Z", "2024-02-01T13:14:00Z");
  }

  @Test
  void patterns_declared_setOthersAsideAndSayWhy() throws IOException {
    Schema schema =
        Schema.of(Field.of("d", FieldType.DATE), Field.of("t", FieldType.LOCAL_DATE_TIME));
    String file =
        "d;t\n1.2.2024;1.2.2024 1:02\n2024-02-01;\n31.4.2024;\n;1.2.2024 24:00\n;2024-02-01\n";
    Csv csv = csv(file).as(schema).dates("d.M.yyyy").times("d.M.yyyy H:mm").maxRejected(9);
    CsvResult result = CsvResult.read(csv);
    assertThat(result.texts("d")).containsExactly("2024-02-01");
    assertThat(result.texts("t")).containsExactly("2024-02-01T01:02");
    assertThat(result.rejected().stream().map(RejectedRow::reason))
        .containsExactly(
            "not a date of the form d.M.yyyy",
            "not a date of the form d.M.yyyy",
            "not a timestamp of the form d.M.yyyy H:mm",
            "not a timestamp of the form d.M.yyyy H:mm");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1.234 | 1234",
        "-1.234.567 | -1234567",
        "999 | 999",
        "1234567 | 1234567",
        "12.345,0 | 12345",
        "9.223.372.036.854.775.807 | 9223372036854775807",
        "9.223.372.036.854.775.808 |",
        "1.23 |",
        "1234.567 |",
        "1.234.56 |",
        "1..234 |",
        ".123 |",
        "123. |",
        "0.123 |",
        "012.345 |",
        "1,234.567 |",
        "1.2345 |",
        "-.123 |",
      })
  void thousands_wholeNumbers(String written, @Nullable String expected) throws IOException {
    Schema schema = Schema.of(Field.of("n", FieldType.INT64), Field.of("o", FieldType.TEXT));
    Csv csv = csv("n;o\n" + written + ";x\n").as(schema).decimal(',').thousands('.');
    CsvResult result = CsvResult.read(csv.maxRejected(1));
    if (expected == null) {
      assertThat(result.rejected()).hasSize(1);
    } else {
      assertThat(result.texts("n")).containsExactly(expected);
    }
  }

  @Test
  void thousands_inferred() throws IOException {
    String file =
        """
        a;b;c;d;e
        1.234;1.234,5;1.23;0.123;01.02.2024
        -12.345.678;-0,25;7;1;02.02.2024
        9;1.000e3;1;1;03.02.2024
        """;
    Csv csv = csv(file).decimal(',').thousands('.').dates("dd.MM.yyyy");
    assertThat(types(csv)).containsExactly("int64", "float64", "text", "text", "date");
    CsvResult result = CsvResult.read(csv.maxRejected(0));
    assertThat(result.texts("a")).containsExactly("1234", "-12345678", "9");
    CsvResult plain = CsvResult.read(csv("b\n1234.5\n-0.25\n1e6\n"));
    assertThat(result.texts("b")).isEqualTo(plain.texts("b"));
  }

  @Test
  void thousands_thatAreDelimiters_standInQuotes() throws IOException {
    Csv csv =
        Csv.file(CsvResult.write(directory, "a,b\n\"1,234,567.5\",\"12,345\"\n2,3\n"))
            .thousands(',');
    assertThat(types(csv)).containsExactly("float64", "int64");
    assertThat(CsvResult.read(csv).texts("b")).containsExactly("12345", "3");
  }

  @Test
  void thousands_ofATensor() throws IOException {
    Csv csv = csv("x1;x2\n1 234;2\n").thousands(' ').gather("x", "x*");
    assertThat(CsvResult.read(csv).texts("x")).containsExactly("1234.0 2.0");
  }

  @Test
  void parameters_haveWhatIsSet() throws IOException {
    Csv csv = csv("a\n1\n");
    assertThat(csv.parameters().canonicalJson())
        .isEqualTo(
            "{\"charset\":\"UTF-8\",\"delimiter\":\";\",\"header\":true,\"quote\":\"\\\"\"}");
    assertThat(
            csv.decimal(',')
                .thousands('.')
                .dates("dd.MM.yyyy")
                .times("dd.MM.yyyy HH:mm[:ss]")
                .parameters()
                .canonicalJson())
        .isEqualTo(
            "{\"charset\":\"UTF-8\",\"dates\":\"dd.MM.yyyy\",\"decimal\":\",\",\"delimiter\":\";\","
                + "\"header\":true,\"quote\":\"\\\"\",\"thousands\":\".\","
                + "\"times\":\"dd.MM.yyyy HH:mm[:ss]\"}");
  }

  @Test
  void settings_thatMakeNoSense_areRefused() throws IOException {
    Csv csv = csv("a\n1\n");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> csv.thousands('.'))
        .withMessageContaining("thousands must differ from decimal")
        .withMessageContaining("first");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> csv.thousands(',').decimal(','))
        .withMessageContaining("thousands must differ from decimal");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> csv.thousands('x'))
        .withMessageContaining("but was 'x'");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> csv.dates("dd.MM.yy"))
        .withMessageContaining("century");
  }
}
