package dev.mlstack.data.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mlstack.compute.Execution;
import dev.mlstack.data.testing.ReadResult;
import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.schema.Role;
import dev.mlstack.schema.Schema;
import dev.mlstack.table.DataException;
import dev.mlstack.table.SourceReader;
import dev.mlstack.table.Table;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresReadTest {

  @RegisterExtension static final Postgres POSTGRES = new Postgres();

  record Person(long id, String name, OptionalDouble height) {}

  private static Jdbc query(String sql, Object... arguments) {
    return Jdbc.query(POSTGRES::open, sql, arguments);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '%',
      value = {
        "true | bool",
        "1::smallint | int16",
        "1 | int32",
        "9223372036854775807 | int64",
        "12345::numeric(18) | int64",
        "12345::numeric(19) | float64",
        "1.25::numeric(5, 2) | float64",
        "1.25::numeric | float64",
        "1.5::real | float32",
        "1.5::float8 | float64",
        "'x'::text | text",
        "'x'::varchar(3) | text",
        "'x'::char(3) | text",
        "date '2024-02-29' | date",
        "timestamp '2024-02-29 12:00' | date and time",
        "timestamptz '2024-02-29 12:00Z' | instant",
        "time '12:00' | text",
        "'11111111-2222-3333-4444-555555555555'::uuid | text",
        "'{\"a\": 1}'::json | text",
        "'{\"a\": 1}'::jsonb | text",
        "'10.0.0.1'::inet | text",
        "interval '1 day' | text",
        "b'101'::bit(3) | text",
        "array[1.5, 2.5]::real[] | tensor[2]",
        "array[[1, 2, 3], [4, 5, 6]] | tensor[2, 3]",
      })
  void type_ofEach_isAsDocumented(String sql, String type) throws IOException {
    ReadResult result = ReadResult.of(query("select " + sql + " as x"));
    assertThat(result.schema().field("x").type()).hasToString(type);
    assertThat(result.table().column(0).isNull(0)).isFalse();
    assertThat(query("select " + sql + " as x").schema()).isEqualTo(result.schema());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'\\x00'::bytea",
        "array['a', 'b']",
        "point(1, 2)",
        "row(1, 2)",
        "int4range(1, 2)",
        "array[null]::int[]"
      })
  void type_thatNoColumnHolds_isRefusedByName(String sql) {
    assertThatThrownBy(() -> ReadResult.of(query("select 1 as id, " + sql + " as odd")))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("column 'odd'")
        .hasMessageContaining("cast it in the query");
  }

  @Test
  void refusedColumn_thatIsNotAskedFor_doesNoHarm() throws IOException {
    Jdbc source = query("select 1 as id, '\\x00'::bytea as odd").columns("id");
    assertThat(ReadResult.of(source).schema().names()).containsExactly("id");
  }

  @Test
  void rows_ofAnotherReader_areTheSame() throws Exception {
    POSTGRES.run(
        "drop table if exists many",
        "create table many as select i as id, i * 1.1::float8 as x, 'text ' || i as t,"
            + " case when i % 7 = 0 then null else i % 2 = 0 end as b,"
            + " date '2000-01-01' + i as d, timestamp '2000-01-01' + i * interval '1.000001s' as ts,"
            + " timestamptz '2000-01-01Z' - i * interval '1.000001s' as tz"
            + " from generate_series(1, 5000) i");
    ReadResult read = ReadResult.of(query("select * from many order by id").fetchSize(100));
    List<List<Object>> expected = new ArrayList<>();
    try (Connection connection = POSTGRES.open();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select * from many order by id")) {
      while (rows.next()) {
        boolean flag = rows.getBoolean("b");
        expected.add(
            List.of(
                rows.getLong("id"),
                rows.getDouble("x"),
                "text " + rows.getString("t"),
                rows.wasNull() ? "?" : "!",
                rows.getObject("b") == null ? "missing" : flag ? 1L : 0L,
                rows.getDate("d").toLocalDate().toEpochDay(),
                FieldType.Timestamp.micros(rows.getTimestamp("ts").toLocalDateTime()),
                FieldType.Timestamp.micros(rows.getTimestamp("tz").toInstant())));
      }
    }
    Map<String, List<Object>> columns = new HashMap<>();
    read.schema().names().forEach(name -> columns.put(name, read.values(name)));
    for (int row = 0; row < expected.size(); row++) {
      List<Object> values = new ArrayList<>();
      for (String column : List.of("id", "x", "t", "b", "d", "ts", "tz")) {
        values.add(columns.getOrDefault(column, List.of()).get(row));
        if (column.equals("t")) {
          values.add("!");
        }
      }
      assertThat(values).isEqualTo(expected.get(row));
    }
    assertThat(read.table().rows()).isEqualTo(expected.size());
    assertThat(read.table().rowId(4999)).isEqualTo(5000);
  }

  @Test
  void origin_isThatOfTheRows() throws IOException {
    ReadResult a = ReadResult.of(query("select i as id from generate_series(1, 10) i"));
    ReadResult b =
        ReadResult.of(
            query(
                "select id from (values (1), (2), (3), (4), (5), (6), (7), (8), (9),"
                    + " (10)) t(id)"));
    ReadResult c = ReadResult.of(query("select i as id from generate_series(1, 11) i"));
    assertThat(a.origin().digest()).isEqualTo(b.origin().digest());
    assertThat(a.origin().digest()).isNotEqualTo(c.origin().digest());
    assertThat(query("select i as id from generate_series(1, 10) i").origin())
        .isEqualTo(a.origin());
  }

  @Test
  void arguments_areSet() throws IOException {
    Jdbc source =
        query(
            "select ?::int as a, ?::text as b, ?::timestamptz as c, ?::date as d, ?::text as e",
            7,
            "x",
            Instant.EPOCH,
            LocalDate.EPOCH,
            Role.KEY);
    ReadResult result = ReadResult.of(source);
    assertThat(result.values("a")).containsExactly(7L);
    assertThat(result.values("c")).containsExactly(0L);
    assertThat(result.values("d")).containsExactly(0L);
    assertThat(result.values("e")).containsExactly("text KEY");
    assertThat(source.parameters().canonicalJson()).contains("\"1970-01-01\"");
  }

  @Test
  void record_projectsTable_byNameAndWithoutTheRest() throws Exception {
    POSTGRES.run(
        "drop table if exists people",
        "create table people (\"Height\" numeric, odd bytea, name text not null, id bigint)",
        "insert into people values (1.8, '\\x00', 'Ann', 2), (null, null, 'Bob', 1)");
    ReadResult result =
        ReadResult.of(Jdbc.table(POSTGRES::open, "people").as(Person.class).key("id"));
    assertThat(result.schema().names()).containsExactly("id", "name", "height");
    assertThat(result.values("id")).containsExactly(1L, 2L);
    assertThat(result.values("height")).containsExactly("missing", 1.8);
    Schema all = Jdbc.table(POSTGRES::open, "public", "people").columns("name", "id").schema();
    assertThat(all.field("name").nullable()).isFalse();
    assertThat(all.field("id").nullable()).isTrue();
  }

  @Test
  void query_withOuterJoin_doesNotTakeColumnsForRequired() throws Exception {
    POSTGRES.run(
        "drop table if exists orders",
        "create table orders (id int not null, amount int not null)",
        "insert into orders values (1, 5)");
    ReadResult result =
        ReadResult.of(
            query(
                "select g, amount from generate_series(1, 2) g left join orders on id = g"
                    + " order by g"));
    assertThat(result.values("amount")).containsExactly(5L, "missing");
  }

  @Test
  void badValues_areSetAside_withPlaceAndReason() throws IOException {
    Jdbc source =
        query(
                "select * from (values (1, 1.5, 'a'), (2, 2.0, null), (3, 3.0, 'c'), (4, 4, 'd'))"
                    + " v(id, n, t) order by id")
            .as(
                Schema.of(
                    Field.of("id", new FieldType.Int(8)),
                    Field.of("n", FieldType.INT64),
                    Field.of("t", FieldType.TEXT).required()));
    ReadResult result = ReadResult.of(source);
    assertThat(result.values("id")).containsExactly(3L, 4L);
    assertThat(result.rejected()).hasSize(2);
    assertThat(result.rejected().get(0).line()).isEqualTo(1);
    assertThat(result.rejected().get(0).column()).isEqualTo("n");
    assertThat(result.rejected().get(0).value()).isEqualTo("1.5");
    assertThat(result.rejected().get(0).reason()).isEqualTo("not a whole number");
    assertThat(result.rejected().get(0).text()).isEqualTo("1,1.5,a");
    assertThat(result.rejected().get(1).reason()).contains("missing");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'NaN'::numeric(10)",
        "'infinity'::date",
        "'infinity'::timestamp",
        "'-infinity'::timestamptz"
      })
  void value_beyondItsType_isSetAside(String odd) throws IOException {
    String plain = odd.substring(odd.indexOf("::"));
    String ordinary = odd.contains("numeric") ? "1" : "'2020-01-01'";
    ReadResult result =
        ReadResult.of(
            query(
                "select "
                    + odd
                    + " as x union all select "
                    + ordinary
                    + plain
                    + " union all select "
                    + ordinary
                    + plain));
    assertThat(result.table().rows()).isEqualTo(2);
    assertThat(result.onlyRejected().column()).isEqualTo("x");
  }

  @Test
  void dateAndTime_withZone_becomesInstant() throws IOException {
    Jdbc source = query("select timestamp '2024-07-01 12:00' as at").type("at", FieldType.INSTANT);
    assertThat(ReadResult.of(source.zone(ZoneId.of("Europe/Berlin"))).values("at"))
        .containsExactly(FieldType.Timestamp.micros(Instant.parse("2024-07-01T10:00:00Z")));
    assertThatThrownBy(() -> ReadResult.of(source)).isInstanceOf(DataException.class);
    assertThat(ReadResult.of(source.type("at", FieldType.TEXT)).values("at"))
        .containsExactly("text 2024-07-01T12:00");
  }

  @Test
  void categoryAndMoments_areReadFromTexts() throws IOException {
    Jdbc source =
        query("select 'Light Blue' as colour, '2024-01-01' as day, '2024-01-01T00:00:01Z' as at")
            .type("colour", FieldType.category(List.of("dark-blue", "light-blue")))
            .type("day", FieldType.DATE)
            .type("at", FieldType.INSTANT);
    ReadResult result = ReadResult.of(source);
    assertThat(result.values("colour")).containsExactly("text light-blue");
    assertThat(result.values("day")).containsExactly(LocalDate.of(2024, 1, 1).toEpochDay());
    assertThat(result.values("at"))
        .containsExactly(FieldType.Timestamp.micros(LocalDateTime.of(2024, 1, 1, 0, 0, 1)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "select 1 as a, 2 as a | two columns named 'a'",
        "select 1 as \" \" | has no name",
        "select 1 as a where false | has no rows",
      })
  void result_thatIsNoData_isRefused(String sql, String message) {
    assertThatThrownBy(() -> ReadResult.of(query(sql)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(message);
  }

  @Test
  void statement_thatIsWrong_failsOnOpening() {
    assertThatThrownBy(() -> query("selec 1").open(row -> {}, Execution.here()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("selec 1 cannot be queried");
    assertThatThrownBy(() -> query("select 1 as a").columns("b").schema())
        .isInstanceOf(DataException.class)
        .hasMessageContaining("no column 'b'");
    assertThatThrownBy(() -> query("select 'x' as a").type("a", FieldType.INT64).schema())
        .isInstanceOf(DataException.class)
        .hasMessageContaining("cannot be read as int64");
  }

  @Test
  void memory_isBounded_andFreed() throws Exception {
    try (RootAllocator allocator = new RootAllocator(64 << 20)) {
      Jdbc source =
          query("select i as id, repeat('x', 1000) as t from generate_series(1, 100000) i")
              .allocator(allocator);
      long rows = 0;
      try (SourceReader reader = source.open(row -> {}, Execution.here())) {
        for (Table table = reader.next(); table != null; table = reader.next()) {
          rows += table.rows();
        }
      }
      assertThat(rows).isEqualTo(100_000);
      try (SourceReader reader = source.open(row -> {}, Execution.here())) {
        assertThat(reader.next()).isNotNull();
      }
      assertThat(allocator.getAllocatedMemory()).isZero();
    }
  }

  @Test
  void connection_killedWhileReading_endsWithAClearError() throws Exception {
    List<Connection> used = new ArrayList<>();
    Jdbc source =
        Jdbc.query(
                () -> {
                  used.add(POSTGRES.open());
                  return used.get(0);
                },
                "select i as id, repeat('x', 100) as t from generate_series(1, 300000) i")
            .named("big")
            .fetchSize(100);
    try (SourceReader reader = source.open(row -> {}, Execution.here())) {
      assertThat(reader.next()).isNotNull();
      int pid = used.get(0).unwrap(org.postgresql.PGConnection.class).getBackendPID();
      POSTGRES.run("select pg_terminate_backend(" + pid + ")");
      assertThatThrownBy(() -> readOn(reader))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageStartingWith("big cannot be read: ")
          .hasRootCauseInstanceOf(SQLException.class);
    }
    assertThat(used.get(0).isClosed()).isTrue();
  }

  private static void readOn(SourceReader reader) {
    while (reader.next() != null) {
      // Until it fails.
    }
  }

  @Test
  void cancel_reachesAStatementThatHasNotGivenARow() {
    AtomicBoolean cancelled = new AtomicBoolean();
    Jdbc source = query("select pg_sleep(600)::text as x");
    Thread canceller = new Thread(() -> cancelWhenRunning(cancelled));
    canceller.start();
    assertThatThrownBy(
            () -> source.open(row -> {}, Execution.here().withCancellation(cancelled::get)))
        .isInstanceOf(CancellationException.class);
  }

  private static void cancelWhenRunning(AtomicBoolean cancelled) {
    Jdbc running =
        query("select count(*) as n from pg_stat_activity where query like 'select pg_sleep%'");
    try {
      while (ReadResult.of(running).values("n").equals(List.of(0L))) {
        Thread.onSpinWait();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      cancelled.set(true);
    }
  }

  @Test
  void connection_isGivenBackAsItCame() throws Exception {
    try (Connection kept = POSTGRES.open()) {
      int isolation = kept.getTransactionIsolation();
      AtomicBoolean closed = new AtomicBoolean();
      ConnectionSource pool = () -> Proxies.unclosable(kept, closed);
      ReadResult.of(Jdbc.query(pool, "select 1 as a"));
      assertThat(closed).isTrue();
      assertThat(kept.getAutoCommit()).isTrue();
      assertThat(kept.getTransactionIsolation()).isEqualTo(isolation);
    }
  }
}
