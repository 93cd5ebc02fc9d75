package dev.mlstack.benchmarks;

import static dev.mlstack.data.check.Checks.column;

import dev.mlstack.compute.Execution;
import dev.mlstack.core.table.MemoryDataset;
import dev.mlstack.core.table.MemoryTable;
import dev.mlstack.data.check.CheckReport;
import dev.mlstack.data.check.Checks;
import dev.mlstack.data.check.Rule;
import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.schema.Schema;
import dev.mlstack.table.TableCursor;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/**
 * Tests 20 rules on 5 million rows in memory with two threads, beside the same as SQL in DuckDB,
 * whose table is in memory too. Ours also keeps which rows fail; DuckDB only counts them.
 */
final class CheckBenchmark implements Benchmark {

  private static final int ROWS = 5_000_000;
  private static final int THREADS = 2;
  private static final String ZIP = "[0-9]{5}(-[0-9]{4})?";

  /** Of each rule, how many rows fail, or what is measured. */
  private static final String SQL =
      """
      WITH o AS (SELECT * FROM orders)
      SELECT
        count(*) FILTER (WHERE id IS NULL),
        count(id) - count(DISTINCT id),
        count(*) FILTER (WHERE NOT (user_id BETWEEN 0 AND 999999)),
        count(*) FILTER (WHERE user_id NOT IN (SELECT id FROM users)),
        count(*) FILTER (WHERE NOT (age BETWEEN 18 AND 95)),
        count(*) FILTER (WHERE age IS NULL),
        count(*) FILTER (WHERE NOT (qty BETWEEN 1 AND 9)),
        count(*) FILTER (WHERE NOT (price BETWEEN 0 AND 100)),
        count(*) FILTER (WHERE NOT (discount BETWEEN 0 AND 1)),
        count(*) FILTER (WHERE discount IS NULL) / count(*),
        count(*) FILTER (WHERE country NOT IN
          ('DE', 'AT', 'CH', 'FR', 'IT', 'ES', 'US', 'GB', 'NL')),
        count(*) FILTER (WHERE NOT regexp_full_match(zip, '[0-9]{5}(-[0-9]{4})?')),
        count(*) FILTER (WHERE NOT (length(sku) BETWEEN 12 AND 12)),
        count(*) FILTER (WHERE NOT (price * qty <= 890)),
        avg(price),
        stddev_samp(price),
        quantile_disc(age, 0.5),
        max(ts),
        count(DISTINCT sku) / count(sku),
        count(*)
      FROM o
      """;

  @Override
  public String name() {
    return "check";
  }

  @Override
  public String about() {
    return "test 20 rules on 5M rows, 2 threads (DuckDB)";
  }

  @Override
  public void run(Workbench workbench) throws IOException {
    ExecutorService pool = Executors.newFixedThreadPool(THREADS);
    try (OrderRows orders = new OrderRows(ROWS);
        Connection duckdb = DriverManager.getConnection("jdbc:duckdb:")) {
      load(duckdb, orders);
      Checks checks = checks();
      Execution execution = Execution.on(pool, THREADS);
      requireSame(checks.run(orders, execution), duckdb);
      new Race(1, 5, Race.timed(() -> checks.run(orders, execution)))
          .against("DUCKDB", Race.timed(() -> query(duckdb)))
          .report(workbench, "20-rules", "s", 1);
    } catch (SQLException e) {
      throw new IOException("DuckDB cannot be asked", e);
    } finally {
      pool.shutdown();
    }
  }

  static Checks checks() {
    Schema users = Schema.of(Field.of("id", FieldType.INT64));
    MemoryTable.Builder ids = MemoryTable.builder(users);
    for (long id = 0; id < OrderRows.USERS; id++) {
      if (id % 1000 != 7) {
        ids.add(id, id);
      }
    }
    List<Rule> rules =
        List.of(
            column("id").notNull(),
            column("id").unique(),
            column("user_id").between(0, 999_999),
            column("user_id").in(MemoryDataset.of(ids.build()), "id"),
            column("age").between(18, 95),
            column("age").notNull(),
            column("qty").between(1, 9),
            column("price").between(0, 100),
            column("discount").between(0, 1),
            column("discount").nullShare(0.06),
            column("country").oneOf("DE", "AT", "CH", "FR", "IT", "ES", "US", "GB", "NL"),
            column("zip").matches(ZIP),
            column("sku").length(12, 12),
            Checks.rows("price * qty <= 890"),
            column("price").mean(49, 51),
            column("price").deviation(28, 30),
            column("age").quantile(0.5, 50, 60),
            column("ts").fresh(Instant.ofEpochSecond(OrderRows.FIRST_SECOND)),
            column("sku").distinctShare(0.01, 0.1),
            Checks.rowCount(1000));
    return Checks.of(rules.toArray(Rule[]::new));
  }

  private static void load(Connection duckdb, OrderRows orders) throws SQLException {
    try (Statement statement = duckdb.createStatement()) {
      statement.execute("SET threads = " + THREADS);
      statement.execute(
          "CREATE TABLE users AS SELECT range AS id FROM range(1000000) WHERE range % 1000 != 7");
      statement.execute(
          "CREATE TABLE orders(id BIGINT, user_id BIGINT, age INTEGER, qty INTEGER, price DOUBLE,"
              + " discount DOUBLE, country VARCHAR, zip VARCHAR, sku VARCHAR, ts BIGINT)");
    }
    try (DuckDBAppender appender =
        ((DuckDBConnection) duckdb).createAppender(DuckDBConnection.DEFAULT_SCHEMA, "orders")) {
      orders.forEach(
          table -> {
            TableCursor row = table.cursor();
            while (row.next()) {
              append(appender, row);
            }
          });
    }
  }

  private static void append(DuckDBAppender appender, TableCursor row) {
    try {
      appender.beginRow();
      appender.append(row.integer(0));
      appender.append(row.integer(1));
      appender.append((int) row.integer(2));
      appender.append((int) row.integer(3));
      appender.append(row.number(4));
      if (row.isNull(5)) {
        appender.appendNull();
      } else {
        appender.append(row.number(5));
      }
      appender.append(row.text(6));
      appender.append(row.text(7));
      appender.append(row.text(8));
      appender.append(row.integer(9));
      appender.endRow();
    } catch (SQLException e) {
      throw new IllegalStateException("DuckDB takes no row", e);
    }
  }

  private static double[] query(Connection duckdb) {
    try (Statement statement = duckdb.createStatement();
        ResultSet row = statement.executeQuery(SQL)) {
      row.next();
      double[] values = new double[row.getMetaData().getColumnCount()];
      for (int i = 0; i < values.length; i++) {
        values[i] = row.getDouble(i + 1);
      }
      return values;
    } catch (SQLException e) {
      throw new IllegalStateException("DuckDB cannot answer", e);
    }
  }

  /** Compares what both say of the rules that count rows. */
  private static void requireSame(CheckReport report, Connection duckdb) {
    double[] theirs = query(duckdb);
    for (int i = 0; i < theirs.length; i++) {
      CheckReport.Result result = report.results().get(i);
      if (!result.rule().isWhole() && result.failures() != (long) theirs[i]) {
        throw new IllegalStateException(result + " but DuckDB says " + theirs[i]);
      }
    }
  }
}
