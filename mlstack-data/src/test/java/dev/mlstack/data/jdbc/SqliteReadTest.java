package dev.mlstack.data.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mlstack.data.testing.ReadResult;
import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.schema.Schema;
import dev.mlstack.table.DataException;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** SQLite, where a value need not have the type of its column. */
class SqliteReadTest {

  private final ConnectionSource connections;

  SqliteReadTest(@TempDir Path directory) {
    String url = "jdbc:sqlite:" + directory.resolve("data.db");
    this.connections = () -> DriverManager.getConnection(url);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '%',
      value = {
        "integer | 1 | 9223372036854775807 | int64",
        "integer | 1 | 2.5 | float64",
        "integer | 1 | 'x' | text",
        "real | 1 | 2 | float64",
        "numeric | 1 | 2 | int64",
        "decimal(8, 2) | 1 | 2 | float64",
        "boolean | 1 | 0 | bool",
        "boolean | 1 | 2 | int64",
        "date | '2024-01-01' | '2024-02-29' | date",
        "timestamp | '2024-01-01 00:00:00' | '2024-02-29T01:02:03.5' | date and time",
        "timestamp | '2024-01-01 00:00:00Z' | '2024-02-29T01:02:03.5+01:00' | instant",
        "timestamp | '2024-01-01 00:00:00Z' | 'never' | text",
        "text | '2024-01-01' | '2024-02-29' | text",
        "text | '1' | '2' | text",
        "%% | 1 | 2 | int64",
        "integer | null | null | int64",
        "text | null | null | text",
      })
  void type_followsFromAllValues(String declared, String first, String last, String type)
      throws IOException, SQLException {
    Postgres.run(
        connections,
        "create table t (id integer, x " + declared + ")",
        "insert into t values (1, null), (2, " + first + "), (3, " + last + ")");
    ReadResult result = ReadResult.of(Jdbc.table(connections, "t").columns("x"));
    assertThat(result.schema().field("x").type()).hasToString(type);
    assertThat(result.table().rows()).isEqualTo(3);
    assertThat(result.rejected()).isEmpty();
    assertThat(result.table().column(0).isNull(0)).isTrue();
  }

  @Test
  void value_ofAnotherType_isSetAside_whereTypesAreDeclared() throws Exception {
    Postgres.run(
        connections,
        "create table t (id integer primary key, x integer)",
        "insert into t values (1, 5), (2, 'many'), (3, 2.5), (4, x'00'), (5, 6), (6, 3e20),"
            + " (7, 1), (8, 2)");
    Schema schema =
        Schema.of(Field.of("id", FieldType.INT64), Field.of("x", FieldType.INT64).required());
    ReadResult result = ReadResult.of(Jdbc.table(connections, "t").as(schema).key("id"));
    assertThat(result.values("x")).containsExactly(5L, 6L, 1L, 2L);
    assertThat(result.rejected())
        .extracting(row -> row.value() + ": " + row.reason())
        .containsExactly(
            "many: a text where the column has the type int64",
            "2.5: not a whole number",
            "\0: a value of the class byte[]",
            "3.0e+20: too large for int64");
  }

  @Test
  void blob_isRefused_unlessItIsLeftOut() throws Exception {
    Postgres.run(
        connections, "create table t (id integer, x blob)", "insert into t values (1, x'00')");
    assertThatThrownBy(() -> Jdbc.table(connections, "t").schema())
        .isInstanceOf(DataException.class)
        .hasMessageContaining("column 'x' has values of the class byte[]");
    assertThat(ReadResult.of(Jdbc.table(connections, "t").columns("id")).values("id"))
        .containsExactly(1L);
  }

  @Test
  void expression_withoutType_isInferred() throws Exception {
    Postgres.run(connections, "create table t (x)", "insert into t values (1), (2), (3)");
    Schema schema = Jdbc.query(connections, "select avg(x) as a, count(*) as n from t").schema();
    assertThat(schema.field("a").type()).isEqualTo(FieldType.FLOAT64);
    assertThat(schema.field("n").type()).isEqualTo(FieldType.INT64);
  }

  @Test
  void names_ofAnyKind_areQuoted() throws Exception {
    String name = "odd \"name\"; drop table t";
    Postgres.run(
        connections,
        "create table \"odd \"\"name\"\"; drop table t\" (\"sel \"\" ect\" integer)",
        "insert into \"odd \"\"name\"\"; drop table t\" values (4)");
    ReadResult result = ReadResult.of(Jdbc.table(connections, name).key("sel \" ect"));
    assertThat(result.values("sel \" ect")).containsExactly(4L);
  }
}
