package dev.mlstack.data.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mlstack.compute.Execution;
import dev.mlstack.data.testing.ReadResult;
import dev.mlstack.schema.FieldType;
import dev.mlstack.table.SourceReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Types;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What drivers do differently; a real database with the oddities of others. */
class DriversTest {

  private final String url;

  DriversTest(@TempDir Path directory) {
    this.url = "jdbc:h2:" + directory.resolve("h2");
  }

  private Connection open() throws SQLException {
    return DriverManager.getConnection(url);
  }

  private ConnectionSource odd(Proxies.Answer answer) {
    return () -> Proxies.wrap(Connection.class, open(), answer);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '%',
      value = {
        "true | bool",
        "cast(1 as tinyint) | int8",
        "cast(1 as smallint) | int16",
        "1 | int32",
        "cast(1 as bigint) | int64",
        "cast(1 as numeric(18)) | int64",
        "cast(1 as numeric(19)) | float64",
        "cast(1 as real) | float32",
        "cast(1 as float) | float64",
        "'x' | text",
        "cast('x' as clob) | text",
        "date '2024-01-01' | date",
        "timestamp '2024-01-01 00:00:00' | date and time",
        "timestamp with time zone '2024-01-01 00:00:00+01' | instant",
        "time '12:00:00' | text",
        "random_uuid() | text",
        "array[1, 2, 3] | tensor[3]",
        "cast('red' as enum('red', 'blue')) | text",
      })
  void type_ofH2_isAsDocumented(String sql, String type) throws IOException {
    ReadResult result = ReadResult.of(Jdbc.query(this::open, "select " + sql + " as x"));
    assertThat(result.schema().field("X").type()).hasToString(type);
    assertThat(result.table().column(0).isNull(0)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"-6, int16", "5, int32", "4, int64", "-5, int64"})
  void wholeNumber_withoutSign_takesTheNextSize(int sqlType, String type) throws IOException {
    ConnectionSource unsigned =
        odd(
            (real, method, arguments) ->
                switch (method.getName()) {
                  case "isSigned" -> false;
                  case "getColumnType" -> sqlType;
                  default -> Proxies.PASS;
                });
    assertThat(Jdbc.query(unsigned, "select 1 as x").schema().field("X").type()).hasToString(type);
  }

  @Test
  void driver_withoutJavaTime_givesTheSameMoments() throws IOException {
    ConnectionSource old =
        odd(
            (real, method, arguments) -> {
              if (method.getName().equals("getObject")
                  && arguments != null
                  && arguments.length == 2) {
                throw new SQLFeatureNotSupportedException("JDBC 4.1");
              }
              return Proxies.PASS;
            });
    String sql =
        "select date '2024-02-29' as d, timestamp '2024-02-29 12:00:00.123456' as t,"
            + " timestamp with time zone '2024-02-29 12:00:00+01' as i";
    ReadResult expected = ReadResult.of(Jdbc.query(this::open, sql));
    ReadResult actual = ReadResult.of(Jdbc.query(old, sql));
    assertThat(actual.origin()).isEqualTo(expected.origin());
    assertThat(actual.values("D")).containsExactly(LocalDate.of(2024, 2, 29).toEpochDay());
  }

  @Test
  void mysql_isAskedForRowsOneByOne_othersForABlock() throws IOException {
    List<Object> sizes = new ArrayList<>();
    for (String product : List.of("MySQL", "MariaDB", "Oracle", "Microsoft SQL Server")) {
      ConnectionSource named =
          odd(
              (real, method, arguments) -> {
                if (method.getName().equals("setFetchSize") && arguments != null) {
                  sizes.add(arguments[0]);
                  return null;
                }
                return method.getName().equals("getDatabaseProductName") ? product : Proxies.PASS;
              });
      ReadResult.of(Jdbc.query(named, "select 1 as x").fetchSize(50));
    }
    assertThat(sizes).containsExactly(Integer.MIN_VALUE, 50, 50, 50);
  }

  @Test
  void instants_areKnownByTheNameOfTheirType() throws IOException {
    ConnectionSource named =
        odd(
            (real, method, arguments) ->
                switch (method.getName()) {
                  case "getColumnTypeName" -> "datetimeoffset";
                  case "getColumnType" -> -155;
                  default -> Proxies.PASS;
                });
    String sql = "select timestamp with time zone '2024-02-29 12:00:00+01' as i";
    assertThat(Jdbc.query(named, sql).schema().field("I").type()).isEqualTo(FieldType.INSTANT);
  }

  @Test
  void database_withoutQuotes_takesPlainNamesOnly() {
    ConnectionSource plain =
        odd(
            (real, method, arguments) ->
                method.getName().equals("getIdentifierQuoteString") ? " " : Proxies.PASS);
    assertThatThrownBy(() -> Jdbc.table(plain, "a; drop table b").schema())
        .hasMessageContaining("cannot quote names");
    assertThatThrownBy(() -> Jdbc.table(plain, "nowhere").schema()).isInstanceOf(IOException.class);
  }

  @Test
  void error_ofAValue_setsItsRowAside_anyOtherEndsTheReading() throws IOException {
    for (String state : List.of("22003", "08006")) {
      int[] calls = {0};
      ConnectionSource failing =
          odd(
              (real, method, arguments) -> {
                if (method.getName().equals("getLong") && ++calls[0] == 2) {
                  throw new SQLException("something is wrong", state);
                }
                return Proxies.PASS;
              });
      Jdbc source = Jdbc.query(failing, "select x from system_range(1, 5)").named("range");
      if (state.startsWith("22")) {
        ReadResult result = ReadResult.of(source);
        assertThat(result.values("X")).containsExactly(1L, 3L, 4L, 5L);
        assertThat(result.onlyRejected().reason()).contains("something is wrong");
      } else {
        try (SourceReader reader = source.open(row -> {}, Execution.here())) {
          assertThatThrownBy(reader::next)
              .isInstanceOf(UncheckedIOException.class)
              .hasMessage("range cannot be read: something is wrong");
        }
      }
    }
  }

  @Test
  void types_ofTheStandard_areAllDecided() throws IllegalAccessException {
    for (java.lang.reflect.Field constant : Types.class.getFields()) {
      int type = constant.getInt(null);
      ConnectionSource of =
          odd(
              (real, method, arguments) ->
                  switch (method.getName()) {
                    case "getColumnType" -> type;
                    case "getColumnTypeName" -> "T";
                    default -> Proxies.PASS;
                  });
      Jdbc source = Jdbc.query(of, "select cast(null as varchar) as x");
      try {
        assertThat(source.schema().field("X")).isNotNull();
      } catch (IOException | RuntimeException e) {
        assertThat(e).as(constant.getName()).hasMessageContaining("column 'X' has");
      }
    }
  }
}
