package dev.mlstack.data.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mlstack.compute.Execution;
import dev.mlstack.core.table.MemoryDataset;
import dev.mlstack.core.table.MemoryTable;
import dev.mlstack.core.table.TableCodec;
import dev.mlstack.data.testing.RandomTables;
import dev.mlstack.data.testing.ReadResult;
import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.schema.Role;
import dev.mlstack.schema.Schema;
import dev.mlstack.table.DataException;
import dev.mlstack.table.Dataset;
import dev.mlstack.testkit.Seeds;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.Random;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The same rows go to databases of three kinds and come back. */
class JdbcTargetTest {

  @RegisterExtension static final Postgres POSTGRES = new Postgres();

  private final Path directory;

  JdbcTargetTest(@TempDir Path directory) {
    this.directory = directory;
  }

  enum Kind {
    POSTGRES,
    H2,
    SQLITE
  }

  private ConnectionSource connections(Kind kind) {
    String h2 = "jdbc:h2:" + directory.resolve("h2");
    String sqlite = "jdbc:sqlite:" + directory.resolve("sqlite.db");
    return switch (kind) {
      case POSTGRES -> POSTGRES::open;
      case H2 -> () -> DriverManager.getConnection(h2);
      case SQLITE -> () -> DriverManager.getConnection(sqlite);
    };
  }

  private static final Schema PLAIN =
      Schema.of(
          Field.of("id", FieldType.INT64).withRole(Role.KEY),
          Field.of("flag", FieldType.BOOL),
          Field.of("tiny", new FieldType.Int(8)),
          Field.of("small", new FieldType.Int(16)),
          Field.of("whole", FieldType.INT32),
          Field.of("narrow", FieldType.FLOAT32),
          Field.of("real", FieldType.FLOAT64),
          Field.of("Text of \"any\" kind", FieldType.TEXT),
          Field.of("colour", FieldType.category(java.util.List.of("red", "Blé"))),
          Field.of("select", FieldType.DATE),
          Field.of("at", FieldType.INSTANT),
          Field.of("local", FieldType.LOCAL_DATE_TIME));

  private static MemoryTable random(Schema schema, int rows, Random random) {
    MemoryTable.Builder table = MemoryTable.builder(schema);
    for (int row = 0; row < rows; row++) {
      Object[] values = RandomTables.row(schema, 0.2, random);
      for (int i = 0; i < values.length; i++) {
        FieldType type = schema.field(i).type();
        if (schema.field(i).role() == Role.KEY) {
          values[i] = row + 1L;
        } else if (values[i] != null) {
          values[i] = tame(type, values[i], random);
        }
      }
      table.add(row + 1L, values);
    }
    return table.build();
  }

  /** Returns a value that all three databases can hold. */
  private static Object tame(FieldType type, Object value, Random random) {
    if (type instanceof FieldType.Date) {
      return (long) random.nextInt(40_000) - 20_000;
    } else if (type instanceof FieldType.Timestamp) {
      return random.nextLong() >> 12;
    } else if (value instanceof Double number && Double.isNaN(number)) {
      return 0.5;
    } else if (value instanceof Float number && Float.isNaN(number)) {
      return 0.5f;
    }
    return value;
  }

  @ParameterizedTest
  @EnumSource
  void rows_comeBackAsTheyWent(Kind kind) throws IOException {
    long seed = Seeds.next();
    MemoryTable table = random(PLAIN, 2500, new Random(seed));
    Dataset data = MemoryDataset.of(table);
    JdbcTarget target = Jdbc.to(connections(kind), "all types");
    assertThat(target.write(data, Execution.here())).isEqualTo(2500);
    assertThat(target.write(data, Execution.here())).as("again").isEqualTo(2500);
    ReadResult back = ReadResult.of(Jdbc.table(connections(kind), "all types").as(PLAIN));
    assertThat(back.rejected()).as("seed %d", seed).isEmpty();
    assertThat(TableCodec.encode(back.table()))
        .as("seed %d", seed)
        .isEqualTo(TableCodec.encode(table));
  }

  @ParameterizedTest
  @EnumSource(names = {"POSTGRES", "H2"})
  void tensorsAndNaN_comeBackAsTheyWent(Kind kind) throws IOException {
    Schema schema =
        Schema.of(
            Field.of("id", FieldType.INT64).withRole(Role.KEY),
            Field.of("x", FieldType.FLOAT64),
            Field.of("e", FieldType.tensor(2, 2)));
    MemoryTable table =
        MemoryTable.builder(schema)
            .add(1, 1L, Double.NaN, new float[] {1, 2, Float.NaN, 1e-30f})
            .add(2, 2L, Double.NEGATIVE_INFINITY, null)
            .build();
    Jdbc.to(connections(kind), "t").write(MemoryDataset.of(table), Execution.here());
    ReadResult back = ReadResult.of(Jdbc.table(connections(kind), "t").as(schema));
    assertThat(TableCodec.encode(back.table())).isEqualTo(TableCodec.encode(table));
  }

  private static Dataset numbers(Object... values) {
    Schema schema = Schema.of(Field.of("x", FieldType.FLOAT64));
    MemoryTable.Builder table = MemoryTable.builder(schema);
    for (Object value : values) {
      table.add(table.rows() + 1L, value);
    }
    return MemoryDataset.of(table.build());
  }

  @ParameterizedTest
  @EnumSource
  void append_addsRows_andAFailureLeavesNone(Kind kind) throws IOException {
    JdbcTarget target = Jdbc.to(connections(kind), "t").batchRows(1);
    target.write(numbers(1.0, 2.0), Execution.here());
    target.append().write(numbers(3.0), Execution.here());
    Jdbc source = Jdbc.table(connections(kind), "t").key("x");
    assertThat(ReadResult.of(source).values("x")).containsExactly(1.0, 2.0, 3.0);

    int[] asked = {0};
    Execution cancelled = Execution.here().withCancellation(() -> ++asked[0] > 200);
    Object[] many = new Object[1000];
    java.util.Arrays.fill(many, 7.0);
    assertThatThrownBy(() -> target.append().write(numbers(many), cancelled))
        .isInstanceOf(CancellationException.class);
    asked[0] = 0;
    assertThatThrownBy(() -> target.write(numbers(many), cancelled))
        .isInstanceOf(CancellationException.class);
    assertThat(ReadResult.of(source).values("x")).containsExactly(1.0, 2.0, 3.0);
  }

  @ParameterizedTest
  @EnumSource
  void append_toATableThatIsNotThere_isRefused(Kind kind) {
    assertThatThrownBy(
            () ->
                Jdbc.to(connections(kind), "nowhere")
                    .append()
                    .write(numbers(1.0), Execution.here()))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("nowhere cannot be written");
  }

  @Test
  void columnType_isUsed_andItsRefusalLeavesWhatWasThere() throws IOException {
    JdbcTarget target = Jdbc.to(POSTGRES::open, "narrow").columnType("x", "numeric(3, 1)");
    target.write(numbers(1.5), Execution.here());
    assertThatThrownBy(() -> target.write(numbers(2.5, 1e9), Execution.here()))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("numeric field overflow");
    assertThat(ReadResult.of(Jdbc.table(POSTGRES::open, "narrow")).values("x"))
        .containsExactly(1.5);
    assertThatThrownBy(() -> target.columnType("y", "text").write(numbers(1.0), Execution.here()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[y]");
  }

  @Test
  void schema_isHeeded() throws Exception {
    POSTGRES.run("drop schema if exists \"o'ther\" cascade", "create schema \"o'ther\"");
    JdbcTarget target = Jdbc.to(POSTGRES::open, "t_").inSchema("o'ther");
    target.write(numbers(1.0), Execution.here());
    target.write(numbers(2.0), Execution.here());
    assertThat(ReadResult.of(Jdbc.table(POSTGRES::open, "o'ther", "t_")).values("x"))
        .containsExactly(2.0);
  }

  @Test
  void valuesThatWouldChangeSilently_areRefused() {
    ConnectionSource sqlite = connections(Kind.SQLITE);
    assertThatThrownBy(() -> Jdbc.to(sqlite, "t").write(numbers(Double.NaN), Execution.here()))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("column 'x'")
        .hasMessageContaining("no NaN");
    Dataset tensor =
        MemoryDataset.of(
            MemoryTable.builder(Schema.of(Field.of("e", FieldType.tensor(1))))
                .add(1, new Object[] {new float[] {1}})
                .build());
    assertThatThrownBy(() -> Jdbc.to(sqlite, "t").write(tensor, Execution.here()))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("no type for column 'e'");
    Dataset text =
        MemoryDataset.of(
            MemoryTable.builder(Schema.of(Field.of("t", FieldType.TEXT)))
                .add(1, new Object[] {"a\0b"})
                .build());
    assertThatThrownBy(() -> Jdbc.to(POSTGRES::open, "zero").write(text, Execution.here()))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("U+0000");
  }
}
