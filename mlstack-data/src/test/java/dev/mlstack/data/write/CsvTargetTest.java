package dev.mlstack.data.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mlstack.compute.Execution;
import dev.mlstack.core.table.ColumnCodec;
import dev.mlstack.core.table.MemoryTable;
import dev.mlstack.data.read.Csv;
import dev.mlstack.data.testing.RandomTables;
import dev.mlstack.data.testing.Roundtrips;
import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.schema.Schema;
import dev.mlstack.table.DataException;
import dev.mlstack.table.SourceReader;
import dev.mlstack.table.Table;
import dev.mlstack.testkit.Seeds;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTargetTest {

  private final Path dir;

  CsvTargetTest(@TempDir Path dir) {
    this.dir = dir;
  }

  private String written(MemoryTable table) throws IOException {
    Path file = dir.resolve("text.csv");
    assertThat(Csv.to(file).write(Roundtrips.dataset(table), Execution.here()))
        .isEqualTo(table.rows());
    return Files.readString(file);
  }

  @Test
  void everyType_isReadAgain() throws IOException {
    long seed = Seeds.next();
    Random random = new Random(seed);
    Schema schema = RandomTables.schema();
    MemoryTable.Builder builder = MemoryTable.builder(schema);
    for (int row = 0; row < 500; row++) {
      @Nullable Object[] values = RandomTables.row(schema, 0.2, random);
      for (int i = 0; i < values.length; i++) {
        // Reading takes the empty text for a missing one.
        values[i] = "".equals(values[i]) ? null : values[i];
      }
      builder.add(row, values);
    }
    MemoryTable table = builder.build();
    Path file = dir.resolve("a.csv");
    Csv.to(file).write(Roundtrips.dataset(table), Execution.here());
    Csv csv = Csv.file(file).as(schema);
    for (Field field : schema.fields()) {
      if (field.type() instanceof FieldType.Tensor) {
        csv = csv.gather(field.name(), field.name() + "_*");
      }
    }
    try (SourceReader reader =
        csv.open(
            row -> {
              throw new AssertionError("seed " + seed + ": " + row);
            },
            Execution.here())) {
      Table read = reader.next();
      for (int i = 0; i < schema.size(); i++) {
        assertThat(ColumnCodec.encode(Objects.requireNonNull(read).column(i)))
            .as("seed %d, %s", seed, schema.field(i))
            .isEqualTo(ColumnCodec.encode(table.column(i)));
      }
    }
  }

  @Test
  void textsWithQuotesAndLines_areQuoted() throws IOException {
    Schema schema = Schema.of(Field.of("a,b", FieldType.TEXT), Field.of("n", FieldType.FLOAT64));
    MemoryTable table =
        MemoryTable.builder(schema)
            .add(1, "say \"hi\"", 0.1)
            .add(2, "two\r\nlines", -0.0)
            .add(3, "", null)
            .add(4, null, 1e300)
            .add(5, "plain; text", 12.0)
            .build();
    assertThat(written(table))
        .isEqualTo(
            "\"a,b\",n\r\n\"say \"\"hi\"\"\",0.1\r\n\"two\r\nlines\",-0.0\r\n\"\",\r\n"
                + ",1.0E300\r\nplain; text,12.0\r\n");
  }

  @Test
  void missingValueOfTheOnlyColumn_isARow() throws IOException {
    Schema schema = Schema.of(Field.of("n", FieldType.INT64));
    MemoryTable table =
        MemoryTable.builder(schema).add(1, Long.MIN_VALUE).add(2, (Object) null).build();
    assertThat(written(table)).isEqualTo("n\r\n-9223372036854775808\r\n\"\"\r\n");
  }

  @ParameterizedTest
  @ValueSource(ints = {32, 64})
  void realNumbers_areReadAgain(int bits) throws IOException {
    long seed = Seeds.next();
    Random random = new Random(seed);
    CsvBytes bytes;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i < Seeds.repetitions(20_000, 5_000_000); i++) {
      double any =
          switch (i % 4) {
            case 0 -> Double.longBitsToDouble(random.nextLong());
            case 1 -> random.nextInt() / 100.0;
            case 2 -> random.nextGaussian();
            default -> (double) random.nextLong();
          };
      double number = bits == Float.SIZE ? (float) any : any;
      if (Double.isFinite(number)) {
        out.reset();
        bytes = CsvBytes.on(out, /* compressed= */ false);
        bytes.putReal(number, bits == Float.SIZE);
        bytes.end();
        double read = Double.parseDouble(out.toString(StandardCharsets.US_ASCII));
        assertThat(bits == Float.SIZE ? (float) read : read).as("seed %d", seed).isEqualTo(number);
      }
    }
  }

  @Test
  void gzipAndDelimiter_areKept() throws IOException {
    Schema schema = Schema.of(Field.of("a", FieldType.TEXT), Field.of("b", FieldType.BOOL));
    MemoryTable table =
        MemoryTable.builder(schema).add(1, "x;y", true).add(2, "x,y", false).build();
    Path file = dir.resolve("b.csv.gz");
    CsvTarget.to(file).delimiter(';').gzip().write(Roundtrips.dataset(table), Execution.here());
    try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
      assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
          .isEqualTo("a;b\r\n\"x;y\";true\r\nx,y;false\r\n");
    }
    assertThatThrownBy(() -> CsvTarget.to(file).delimiter('1'))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'1'");
  }

  @Test
  void valueThatCannotBeWritten_isNamedAndNothingIsChanged() throws IOException {
    Schema schema = Schema.of(Field.of("day", FieldType.DATE));
    Path file = Files.writeString(dir.resolve("c.csv"), "before");
    MemoryTable table = MemoryTable.builder(schema).add(1, LocalDate.of(12_000, 1, 1)).build();
    assertThatThrownBy(() -> CsvTarget.to(file).write(Roundtrips.dataset(table), Execution.here()))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("column day, value '+12000-01-01'");
    assertThat(Files.readString(file)).isEqualTo("before");
    try (Stream<Path> files = Files.list(dir)) {
      assertThat(files).containsExactly(file);
    }
  }
}
