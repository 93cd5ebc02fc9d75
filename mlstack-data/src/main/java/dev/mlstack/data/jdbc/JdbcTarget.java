package dev.mlstack.data.jdbc;

import dev.mlstack.compute.Execution;
import dev.mlstack.table.Dataset;
import dev.mlstack.table.Target;
import java.io.IOException;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A table of a database that rows are written to, over any JDBC driver.
 *
 * <pre>{@code
 * Jdbc.to(dataSource::getConnection, "patients").write(snapshot, Execution.here());
 * }</pre>
 *
 * <p>By default the table is created; if it exists, it is replaced, with all that hangs on it, such
 * as indexes and permissions. With {@link #append} the rows are added to one that must exist, to
 * its columns of the same names.
 *
 * <p>All rows are written in one transaction, so that a failure leaves the database as it was.
 * Where a database cannot create tables in a transaction (MySQL, MariaDB, Oracle, H2), the rows are
 * written to another table first, named like this one with {@link #STAGING_SUFFIX}, which then
 * takes its name; only a failure between these last two steps leaves the rows under that name.
 *
 * <p>Columns are created with the types that are usual for PostgreSQL, SQLite, MySQL, MariaDB, H2,
 * Oracle and SQL Server, and with standard ones elsewhere; {@link #columnType} says others. A
 * tensor is an array of its numbers, in PostgreSQL and H2. SQLite keeps dates and timestamps as
 * text (ISO 8601), whole numbers in 64 bits and reals in double. A value that a database would
 * change silently, such as NaN in SQLite, is refused.
 *
 * <p>PostgreSQL is several times as fast if the URL has {@code reWriteBatchedInserts=true}.
 *
 * <p>Immutable. Every method returns a changed copy.
 */
public final class JdbcTarget implements Target {

  /** What is put behind the name of a table while a database that needs it writes to another. */
  public static final String STAGING_SUFFIX = "_mlstack_new";

  /** How many rows are sent at once by default: 1,000. */
  public static final int DEFAULT_BATCH_ROWS = 1000;

  private final ConnectionSource connections;
  private final Settings settings;

  /**
   * What is written, and how.
   *
   * @param append whether the table exists and keeps its rows
   * @param columnTypes what the database is to call the types of some columns
   */
  record Settings(
      TableName table, boolean append, int batchRows, SortedMap<String, String> columnTypes) {}

  private JdbcTarget(ConnectionSource connections, Settings settings) {
    this.connections = connections;
    this.settings = settings;
  }

  static JdbcTarget of(ConnectionSource connections, TableName table) {
    return new JdbcTarget(
        connections, new Settings(table, /* append= */ false, DEFAULT_BATCH_ROWS, new TreeMap<>()));
  }

  /** Says in which schema of the database the table is; by default in that of the connection. */
  public JdbcTarget inSchema(String schema) {
    return new JdbcTarget(
        connections,
        new Settings(
            settings.table.withSchema(schema),
            settings.append,
            settings.batchRows,
            settings.columnTypes));
  }

  /** Adds the rows to a table that exists. */
  public JdbcTarget append() {
    return new JdbcTarget(
        connections,
        new Settings(settings.table, /* append= */ true, settings.batchRows, settings.columnTypes));
  }

  /**
   * Says how many rows are sent at once.
   *
   * @param rows 1 or more; {@link #DEFAULT_BATCH_ROWS} by default
   */
  public JdbcTarget batchRows(int rows) {
    if (rows < 1) {
      throw new IllegalArgumentException("batchRows must be at least 1 but was " + rows);
    }
    return new JdbcTarget(
        connections, new Settings(settings.table, settings.append, rows, settings.columnTypes));
  }

  /**
   * Says which type of the database a column is created with.
   *
   * @param column the name of the column
   * @param sqlType the type as it stands in {@code create table}, such as {@code numeric(10, 2)};
   *     part of a statement, so never from somebody who is not trusted
   */
  public JdbcTarget columnType(String column, String sqlType) {
    SortedMap<String, String> types = new TreeMap<>(settings.columnTypes);
    types.put(column, sqlType);
    return new JdbcTarget(
        connections, new Settings(settings.table, settings.append, settings.batchRows, types));
  }

  @Override
  public long write(Dataset rows, Execution execution) throws IOException {
    try (Session session = Session.open(connections, /* repeatable= */ false)) {
      return new TableWriter(session, settings, execution).write(rows);
    }
  }

  /** Returns the name of the table. */
  @Override
  public String toString() {
    return "table " + settings.table;
  }
}
