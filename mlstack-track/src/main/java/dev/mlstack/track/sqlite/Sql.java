package dev.mlstack.track.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The statements of one connection, each prepared once. To be used within a transaction of {@link
 * Database}, whose lock protects it.
 */
public final class Sql implements AutoCloseable {

  private final Connection connection;
  private final Map<String, PreparedStatement> statements = new HashMap<>();
  private boolean inTransaction;

  /** Owns the connection. */
  Sql(Connection connection) {
    this.connection = connection;
  }

  /** Runs something within a transaction. */
  @FunctionalInterface
  public interface Work<T extends @Nullable Object> {

    /** Runs it. */
    T run(Sql sql) throws SQLException;
  }

  /** Makes something of the row that a result stands on. */
  @FunctionalInterface
  public interface RowReader<T> {

    /** Reads the row. */
    T read(ResultSet row) throws SQLException;
  }

  /** Hears of each row of a result. */
  @FunctionalInterface
  public interface RowConsumer {

    /** Takes the row. */
    void accept(ResultSet row) throws SQLException;
  }

  /**
   * Changes rows.
   *
   * @param arguments texts, numbers, byte arrays or null, one for each question mark
   * @return how many rows
   */
  public int update(String sql, @Nullable Object... arguments) throws SQLException {
    return bind(sql, arguments).executeUpdate();
  }

  /**
   * Inserts a row, or updates the one it is in conflict with, and returns its key.
   *
   * @param sql inserts into a table with a column {@code key}
   */
  public long insert(String sql, @Nullable Object... arguments) throws SQLException {
    return list(sql + " RETURNING key", row -> row.getLong(1), arguments).get(0);
  }

  /** Reads all rows that a query gives. */
  public <T> List<T> list(String sql, RowReader<T> reader, @Nullable Object... arguments)
      throws SQLException {
    List<T> rows = new ArrayList<>();
    forEach(sql, row -> rows.add(reader.read(row)), arguments);
    return rows;
  }

  /** Reads all rows that a query gives, one after another. */
  public void forEach(String sql, RowConsumer consumer, @Nullable Object... arguments)
      throws SQLException {
    try (ResultSet rows = bind(sql, arguments).executeQuery()) {
      while (rows.next()) {
        consumer.accept(rows);
      }
    }
  }

  /**
   * Runs something as one transaction.
   *
   * @param begin the statement that begins it
   */
  <T extends @Nullable Object> T transaction(String begin, Work<T> work) throws SQLException {
    execute(begin);
    inTransaction = true;
    boolean committed = false;
    try {
      T result = work.run(this);
      execute("COMMIT");
      committed = true;
      return result;
    } finally {
      inTransaction = false;
      if (!committed) {
        rollback();
      }
    }
  }

  boolean inTransaction() {
    return inTransaction;
  }

  /** Ends a transaction that failed. After some failures SQLite has done so by itself. */
  private void rollback() {
    try {
      execute("ROLLBACK");
    } catch (SQLException e) {
      // There was no transaction any more; what made it fail is on its way to the caller.
    }
  }

  /** Runs a statement that changes the connection or the tables, without keeping it prepared. */
  void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Returns the value of a pragma as a text. */
  String pragma(String name) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("PRAGMA " + name)) {
      return row.next() ? row.getString(1) : "";
    }
  }

  private PreparedStatement bind(String sql, @Nullable Object... arguments) throws SQLException {
    PreparedStatement statement = statements.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
      statements.put(sql, statement);
    }
    for (int i = 0; i < arguments.length; i++) {
      bind(statement, i + 1, arguments[i]);
    }
    return statement;
  }

  private static void bind(PreparedStatement statement, int index, @Nullable Object argument)
      throws SQLException {
    if (argument instanceof byte[] bytes) {
      statement.setBytes(index, bytes);
    } else if (argument instanceof Double number) {
      // SQLite has no NaN and would store NULL; say so.
      statement.setObject(index, number.isNaN() ? null : number);
    } else {
      statement.setObject(index, argument);
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
