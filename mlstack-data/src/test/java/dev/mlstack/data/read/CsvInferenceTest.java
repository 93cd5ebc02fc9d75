package dev.mlstack.data.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.schema.Role;
import dev.mlstack.schema.Schema;
import dev.mlstack.testkit.Seeds;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvInferenceTest {

  private static final String[] VALUES = {
    "",
    "",
    "NA",
    "1",
    "-7",
    "12345678901",
    "99999999999999999999",
    "0.5",
    "1e3",
    "-.5",
    "inf",
    "nan",
    "007",
    "+49",
    "true",
    "False",
    "2024-01-02",
    "2024-01-02T03:04:05",
    "2024-01-02 03:04:05Z",
    "text",
    " 8 ",
    "\"9\"",
    "\"a,b\"",
    "1e999",
    "-0",
    "0",
    "1.",
    "2024-13-01"
  };

  private final Path directory;

  CsvInferenceTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1;2;-3 | int64",
        "1;;3 | int64",
        "1;NA;3 | int64",
        "0;-0;10 | int64",
        "' 1;2 ' | int64",
        "9223372036854775807;-9223372036854775808 | int64",
        "9223372036854775808;1 | text",
        "9223372036854775808;1.5 | float64",
        "1;2.5 | float64",
        "1.0;2.0 | float64",
        "1e5;2 | float64",
        ".5;-1. | float64",
        "inf;1 | float64",
        "1;nan | int64",
        "007;8 | text",
        "00.5;1 | text",
        "-01;1 | text",
        "0.5;1 | float64",
        "+1;2 | text",
        "1,000 | text",
        "0x10;1 | text",
        "true;FALSE | bool",
        "true;0 | text",
        "1;0 | int64",
        "true;;NA | bool",
        "2024-02-29;1999-12-31 | date",
        "2024-02-29;2024-02-30 | text",
        "2024-01-02T03:04;2024-01-02 03:04:05.123 | date and time",
        "2024-01-02;2024-01-02 03:04:05 | date and time",
        "2024-01-02T03:04Z;2024-01-02T03:04:05+01:00 | instant",
        "2024-01-02T03:04Z;2024-01-02T03:04 | text",
        "2024-01-02;2024-01-02T03:04Z | text",
        "2024;1999-12-31 | text",
        "a;b | text",
        "1;a | text",
        "; | text",
        "NA;? | text",
      })
  void schema_isTheNarrowestTypeOfAllValues(String values, String type) throws IOException {
    StringBuilder file = new StringBuilder("x,y\n");
    for (String value : values.split(";", -1)) {
      file.append(value.contains(",") ? '"' + value + '"' : value).append(",z\n");
    }
    Path path = CsvResult.write(directory, file.toString());
    assertThat(Csv.file(path).schema().field("x").type().toString()).isEqualTo(type);
    assertThat(CsvResult.read(Csv.file(path)).rejected()).isEmpty();
  }

  /** The law of inference: no value fails on a guess, and another reading gives the same. */
  @Test
  void open_inferredTypes_setNothingAside() throws IOException {
    long seed = Seeds.next();
    Random random = new Random(seed);
    for (int round = 0; round < Seeds.repetitions(150, 20_000); round++) {
      int columns = 1 + random.nextInt(6);
      String[][] pools = new String[columns][];
      for (int i = 0; i < columns; i++) {
        pools[i] =
            random
                .ints(1 + random.nextInt(4), 0, VALUES.length)
                .mapToObj(v -> VALUES[v])
                .toArray(String[]::new);
      }
      StringBuilder file = new StringBuilder("c0");
      for (int i = 1; i < columns; i++) {
        file.append(",c").append(i);
      }
      for (int row = random.nextInt(20) + 1; row > 0; row--) {
        file.append(row % 2 == 0 ? "\n" : "\r\n");
        for (String[] pool : pools) {
          file.append(pool == pools[0] ? "" : ",").append(pool[random.nextInt(pool.length)]);
        }
      }
      file.append("\nx".repeat(columns == 1 ? 1 : 0));
      Path path = CsvResult.write(directory, file.toString());
      Csv csv = Csv.file(path).maxRejected(0);
      if (hasRows(file.toString())) {
        CsvResult result = CsvResult.read(csv);
        assertThat(result.schema()).as("file %s, seed %d", file, seed).isEqualTo(csv.schema());
        CsvResult declared = CsvResult.read(csv.as(csv.schema()));
        dev.mlstack.data.testing.TableAssert.assertEqual(result.table(), declared.table());
      }
    }
  }

  private static boolean hasRows(String file) {
    return file.lines().skip(1).anyMatch(line -> !line.isBlank());
  }

  @Test
  void schema_rowsThatCannotBeRead_sayNothing() throws IOException {
    Path path = CsvResult.write(directory, "a,b\n1,2\ntext\n3,\"x\"y\n5,6,7\n8,9\n");
    assertThat(Csv.file(path).schema())
        .isEqualTo(Schema.of(Field.of("a", FieldType.INT64), Field.of("b", FieldType.INT64)));
    assertThat(CsvResult.read(Csv.file(path).maxRejected(9)).lines()).containsExactly(2L, 6L);
  }

  @Test
  void schema_mentionedColumns_haveTheSpellingAndTypeOfWhoMentionsThem() throws IOException {
    Path path = CsvResult.write(directory, "ID,Zip Code,x\n1,12345,2\n");
    Schema schema =
        Csv.file(path)
            .key("id")
            .type("zip_code", FieldType.TEXT)
            .role(Role.NOTE, "zip_code")
            .schema();
    assertThat(schema.names()).containsExactly("id", "zip_code", "x");
    assertThat(schema.field("id").role()).isEqualTo(Role.KEY);
    assertThat(schema.field("zip_code").type()).isEqualTo(FieldType.TEXT);
    assertThat(schema.field("zip_code").role()).isEqualTo(Role.NOTE);
  }

  @Test
  void schema_withoutHeader_numbersTheColumns() throws IOException {
    Path path = CsvResult.write(directory, "1,a\n2,b\n");
    CsvResult result = CsvResult.read(Csv.file(path).header(false));
    assertThat(result.schema())
        .isEqualTo(
            Schema.of(Field.of("column_1", FieldType.INT64), Field.of("column_2", FieldType.TEXT)));
    assertThat(result.texts("column_2")).isEqualTo(List.of("a", "b"));
    assertThat(result.lines()).containsExactly(1L, 2L);
  }

  @Test
  void schema_namelessColumn_isNumbered() throws IOException {
    Path path = CsvResult.write(directory, ",a, b \n0,1,2\n");
    assertThat(Csv.file(path).schema().names()).containsExactly("column_1", "a", "b");
  }
}
