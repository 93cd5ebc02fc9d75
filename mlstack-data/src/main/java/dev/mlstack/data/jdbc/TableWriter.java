package dev.mlstack.data.jdbc;

import dev.mlstack.compute.Execution;
import dev.mlstack.compute.Progress;
import dev.mlstack.schema.Schema;
import dev.mlstack.table.DataException;
import dev.mlstack.table.Dataset;
import dev.mlstack.table.Table;
import dev.mlstack.table.TableReader;
import java.io.IOException;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Writes one dataset to one table, in the transaction of a session. */
final class TableWriter {

  private final Session session;
  private final Database database;
  private final TableDefinitions definitions;
  private final JdbcTarget.Settings settings;
  private final TableName table;
  private final Execution execution;
  private final String task;
  private long written;

  TableWriter(Session session, JdbcTarget.Settings settings, Execution execution) {
    this.session = session;
    this.database = session.database();
    this.definitions = new TableDefinitions(session);
    this.settings = settings;
    this.table = settings.table();
    this.execution = execution;
    this.task = "write " + table;
  }

  /**
   * Writes all rows and commits.
   *
   * @throws IOException if the database fails
   * @throws DataException if it refuses the rows
   */
  long write(Dataset rows) throws IOException {
    requireColumns(rows.schema());
    try {
      if (settings.append()) {
        insert(rows, table);
      } else if (database.commitsDefinitions()) {
        writeStaged(rows);
      } else {
        replace(rows, table);
      }
      session.connection().commit();
      return written;
    } catch (SQLException e) {
      execution.checkCancelled(task);
      String problem = table + " cannot be written: " + SqlStates.message(e);
      if (SqlStates.isRefusal(e, database)) {
        throw new DataException(problem);
      }
      throw new IOException(problem, e);
    }
  }

  private void requireColumns(Schema schema) {
    Set<String> unknown = new TreeSet<>(settings.columnTypes().keySet());
    schema.names().forEach(unknown::remove);
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "columnType must be said of columns of the rows but was of " + unknown);
    }
  }

  private void replace(Dataset rows, TableName to) throws SQLException {
    definitions.drop(to);
    definitions.create(to, rows.schema(), settings.columnTypes());
    insert(rows, to);
  }

  /** Writes to another table first, and lets it take the name at the end. */
  private void writeStaged(Dataset rows) throws SQLException {
    TableName staging = table.withName(table.name() + JdbcTarget.STAGING_SUFFIX);
    try {
      replace(rows, staging);
      session.connection().commit();
    } catch (SQLException | RuntimeException e) {
      dropAfter(e, staging);
      throw e;
    }
    definitions.drop(table);
    definitions.rename(staging, table);
  }

  private void dropAfter(Exception problem, TableName staging) {
    try {
      session.connection().rollback();
      definitions.drop(staging);
    } catch (SQLException e) {
      problem.addSuppressed(e);
    }
  }

  private void insert(Dataset rows, TableName into) throws SQLException {
    int columns = rows.schema().size();
    String names =
        rows.schema().names().stream().map(database::quoted).collect(Collectors.joining(", "));
    String values = String.join(", ", Collections.nCopies(columns, "?"));
    String sql =
        "insert into " + into.quoted(database) + " (" + names + ") values (" + values + ")";
    try (PreparedStatement statement = session.connection().prepareStatement(sql);
        CancelWatch watch = new CancelWatch(statement, execution);
        TableReader reader = rows.open()) {
      for (Table next = reader.next(); next != null; next = reader.next()) {
        watch.begin();
        insert(next, statement);
        execution.report(Progress.of(task, written, rows.rows()));
      }
    }
  }

  private void insert(Table rows, PreparedStatement statement) throws SQLException {
    ColumnBinder[] binders = new ColumnBinder[rows.schema().size()];
    for (int i = 0; i < binders.length; i++) {
      binders[i] = ColumnBinder.of(rows.column(i), i + 1, database);
    }
    int pending = 0;
    for (int row = 0; row < rows.rows(); row++) {
      for (ColumnBinder binder : binders) {
        binder.set(statement, row);
      }
      statement.addBatch();
      pending++;
      if (pending == settings.batchRows() || row == rows.rows() - 1) {
        execution.checkCancelled(task);
        statement.executeBatch();
        written += pending;
        pending = 0;
      }
    }
  }
}
