package dev.mlstack.data.read;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import dev.mlstack.core.table.MemoryTable;
import dev.mlstack.data.testing.RandomTables;
import dev.mlstack.data.testing.TableAssert;
import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.schema.Schema;
import dev.mlstack.table.CategoryColumn;
import dev.mlstack.table.ColumnData;
import dev.mlstack.table.DoubleColumn;
import dev.mlstack.table.LongColumn;
import dev.mlstack.table.TextColumn;
import dev.mlstack.testkit.Seeds;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values of every type, and what they are read as. */
class CsvTypesTest {

  private final Path directory;

  CsvTypesTest(@TempDir Path directory) {
    this.directory = directory;
  }

  private final long seed = Seeds.next();
  private final Random random = new Random(seed);

  /** The types that one field of a file can hold. */
  private static Schema schema() {
    List<Field> fields =
        RandomTables.schema().fields().stream()
            .filter(field -> !(field.type() instanceof FieldType.Tensor))
            .toList();
    return Schema.of(fields);
  }

  /** Writes a value by other means than those that the reader is made of. */
  private String written(ColumnData column, int row) {
    if (column.isNull(row)) {
      return "";
    } else if (column instanceof LongColumn longs) {
      return whole(column.field().type(), longs.get(row));
    } else if (column instanceof DoubleColumn doubles) {
      boolean narrow = column.field().type().equals(FieldType.FLOAT32);
      double value = doubles.get(row);
      String text = narrow ? Float.toString((float) value) : Double.toString(value);
      return text.replace("Infinity", random.nextBoolean() ? "inf" : "Infinity");
    } else if (column instanceof CategoryColumn categories) {
      String text = categories.values().get(categories.code(row));
      return random.nextBoolean() ? text : text.toUpperCase(Locale.ROOT).replace('-', ' ');
    }
    return String.valueOf(((TextColumn) column).get(row));
  }

  private String whole(FieldType type, long number) {
    if (type instanceof FieldType.Bool) {
      return random.nextBoolean() ? Long.toString(number) : number == 1 ? "True" : "FALSE";
    } else if (type instanceof FieldType.Date) {
      return LocalDate.ofEpochDay(number).toString();
    } else if (type instanceof FieldType.Timestamp timestamp) {
      Instant instant = FieldType.Timestamp.instant(number);
      LocalDateTime time = FieldType.Timestamp.dateTime(number);
      return timestamp.utc() ? instant.toString() : time.toString().replace('T', ' ');
    }
    return Long.toString(number) + (random.nextInt(9) == 0 ? ".0" : "");
  }

  private String quoted(String text) {
    boolean must = text.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return must || random.nextInt(5) == 0 ? '"' + text.replace("\"", "\"\"") + '"' : text;
  }

  /** Years that four digits can write; other values as they come. */
  private @Nullable Object[] row(Schema schema) {
    @Nullable Object[] values = RandomTables.row(schema, 0.2, random);
    for (int i = 0; i < values.length; i++) {
      if (values[i] instanceof LocalDate) {
        values[i] = LocalDate.of(random.nextInt(10_000), 1 + random.nextInt(12), 28);
      } else if (values[i] instanceof Instant) {
        values[i] = FieldType.Timestamp.instant(random.nextLong() >> 8);
      } else if (values[i] instanceof LocalDateTime) {
        values[i] = FieldType.Timestamp.dateTime(random.nextLong() >> 8);
      } else if ("".equals(values[i])) {
        values[i] = null;
      }
    }
    return values;
  }

  @Test
  void types_coverEveryKind() {
    assertThat(schema().fields().stream().map(field -> field.type().getClass()).distinct())
        .hasSize(FieldType.class.getPermittedSubclasses().length - 1);
  }

  @Test
  void open_declaredTypes_givesTheValuesThatWereWritten() throws IOException {
    Schema schema = schema();
    StringBuilder file = new StringBuilder(String.join(",", schema.names())).append('\n');
    MemoryTable.Builder expected = MemoryTable.builder(schema);
    for (int row = 0; row < 2000; row++) {
      long line = 2L + row;
      MemoryTable one = MemoryTable.builder(schema).add(line, row(schema)).build();
      for (int i = 0; i < schema.size(); i++) {
        file.append(i == 0 ? "" : ",").append(quoted(written(one.column(i), 0)));
      }
      file.append(random.nextBoolean() ? "\r\n" : "\n");
      expected.add(line, one.cursor().moveTo(0));
    }
    Path path = CsvResult.write(directory, file.toString());
    CsvResult result = CsvResult.read(Csv.file(path).as(schema).missing());
    assertThat(result.rejected()).as("seed %d", seed).isEmpty();
    TableAssert.assertEqual(result.table(), expected.build());
  }

  /** Cell by cell as another reader has it. */
  @Test
  void open_textColumns_areThoseOfAnIndependentReader() throws IOException {
    String[] pieces = {
      "", "a", ",", "\"", "\n", "\r\n", "é", "long text, with \"quotes\" ", " ", "1"
    };
    Schema schema =
        Schema.of(
            Field.of("a", FieldType.TEXT),
            Field.of("b", FieldType.TEXT),
            Field.of("c", FieldType.TEXT));
    StringBuilder file = new StringBuilder("a,b,c\n");
    for (int row = 0; row < 3000; row++) {
      for (int i = 0; i < 3; i++) {
        StringBuilder cell = new StringBuilder();
        for (int j = random.nextInt(5); j > 0; j--) {
          cell.append(pieces[random.nextInt(pieces.length)]);
        }
        file.append(i == 0 ? "" : ",").append(quoted(cell.toString()));
      }
      file.append('\n');
    }
    Path path = CsvResult.write(directory, file.toString());
    CsvResult result = CsvResult.read(Csv.file(path).as(schema));
    assertThat(result.rejected()).isEmpty();
    List<String> expected = new ArrayList<>();
    try (CsvReader<NamedCsvRecord> reader = CsvReader.builder().ofNamedCsvRecord(path)) {
      for (NamedCsvRecord record : reader) {
        expected.add(record.getStartingLineNumber() + " " + record.getFields());
      }
    }
    List<String> actual = new ArrayList<>();
    for (int row = 0; row < result.rows(); row++) {
      List<String> fields = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        TextColumn column = (TextColumn) result.table().column(i);
        String text = column.get(row);
        assertThat(text).isNotEqualTo("");
        fields.add(text == null ? "" : text);
      }
      actual.add(result.table().rowId(row) + " " + fields);
    }
    assertThat(actual).as("seed %d", seed).isEqualTo(expected);
  }

  private CsvResult read(String file, FieldType type) throws IOException {
    Path path = CsvResult.write(directory, "x,y\n" + file);
    Field other = Field.of("y", FieldType.TEXT);
    return CsvResult.read(
        Csv.file(path).as(Schema.of(Field.of("x", type), other)).maxRejected(100));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // What is missing by default, and where.
        "int64 | NA | ''",
        "float64 | n/a | ''",
        "float64 | NaN | ''",
        "date | - | ''",
        "instant | null | ''",
        "bool | ? | ''",
        "text | NA | NA",
        "text | null | null",
        "text | '  ' | '  '",
        "int64 | '   ' | ''",
        "int64 | ' 7 ' | 7",
        "float64 | '\t7.5' | 7.5",
        "float64 | '\" 7.5 \"' | 7.5",
        "date | ' 2024-02-29 ' | 2024-02-29",
        "text | '\"\"' | ''",
        "int64 | '\"\"' | ''",
        "text | '\"a\"\"b\"' | 'a\"b'",
        "float64 | -inf | -inf",
        "float32 | 0.1 | 0.10000000149011612",
        "bool | TRUE | true",
        "bool | 0 | false",
      })
  void open_oneValue_isReadAs(String typeName, String written, String expected) throws IOException {
    FieldType type =
        RandomTables.types().stream()
            .filter(t -> t.toString().equals(typeName))
            .findFirst()
            .orElseThrow();
    CsvResult result = read(written + ",z\n", type);
    assertThat(result.rejected()).isEmpty();
    assertThat(result.texts("x")).containsExactly(expected);
    assertThat(result.table().column("x").isNull(0)).isEqualTo(expected.isEmpty());
  }

  @Test
  void open_category_missingTokensAreValuesWhereItHasThem() throws IOException {
    FieldType yesNo = FieldType.category(List.of("yes", "no"));
    FieldType continent = FieldType.category(List.of("NA", "EU"));
    assertThat(read("NA,\nyes,\n ,\n", yesNo).texts("x")).containsExactly("", "yes", "");
    assertThat(read("NA,\neu,\n,\n", continent).texts("x")).containsExactly("NA", "EU", "");
  }

  @Test
  void missing_namedTokensInText_countWithBlanksAroundThem() throws IOException {
    Path path = CsvResult.write(directory, "a,t\n1, ?\n2,? \n3, ? ?\n4, \n");
    assertThat(CsvResult.read(Csv.file(path).missing("?")).texts("t"))
        .containsExactly("", "", " ? ?", " ");
  }

  /** The numbers are those that the same text with points gives. */
  @Test
  void decimal_comma_isWhatAPointWas() throws IOException {
    String points =
        "1.5;-0.25;7.0;1e-3;123456789.123456789012;.5;-2.5E+10;3;NaN;1.7976931348623157e308";
    String lines = points.replace(';', '\n');
    Path withPoints = CsvResult.write(directory, "x\n" + lines + "\n");
    List<String> expected = CsvResult.read(Csv.file(withPoints)).texts("x");
    Path withCommas =
        CsvResult.write(
            directory, "x;n\n" + lines.replace('.', ',').replace("\n", ";7,0\n") + ";8\n");
    Csv commas = Csv.file(withCommas).delimiter(';').decimal(',');
    assertThat(commas.schema().field("x").type()).isEqualTo(FieldType.FLOAT64);
    assertThat(CsvResult.read(commas).texts("x")).isEqualTo(expected);
    CsvResult whole = CsvResult.read(commas.type("n", FieldType.INT64));
    assertThat(whole.texts("n")).startsWith("7").endsWith("8").hasSize(10);
  }

  @Test
  void decimal_comma_leavesPointsToTexts() throws IOException {
    Path path = CsvResult.write(directory, "x;d;t\n1.5;2020-01-02;1.234,5\n");
    Csv commas = Csv.file(path).delimiter(';').decimal(',');
    assertThat(commas.schema().fields().stream().map(Field::type))
        .containsExactly(FieldType.TEXT, FieldType.DATE, FieldType.TEXT);
    Csv declared = commas.type("x", FieldType.FLOAT64).maxRejected(1);
    assertThat(CsvResult.read(declared).rejected().get(0).reason()).isEqualTo("not a number");
  }

  @Test
  void missing_namedTokens_countEverywhere() throws IOException {
    Path path = CsvResult.write(directory, "t,n,c\n-999,-999,-999\nNA,1,-999\n");
    Schema schema =
        Schema.of(
            Field.of("t", FieldType.TEXT),
            Field.of("n", FieldType.INT64),
            Field.of("c", FieldType.category(List.of("-999", "b"))));
    CsvResult result = CsvResult.read(Csv.file(path).as(schema).missing("-999", "?"));
    assertThat(result.texts("t")).containsExactly("", "NA");
    assertThat(result.texts("n")).containsExactly("", "1");
    assertThat(result.texts("c")).containsExactly("", "");
  }
}
