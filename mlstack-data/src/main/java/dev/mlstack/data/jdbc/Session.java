package dev.mlstack.data.jdbc;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * A connection in a transaction. Owns the connection: closing ends the transaction without a
 * commit, puts the connection back into the state in which it came, since it may belong to a pool,
 * and closes it.
 */
final class Session implements AutoCloseable {

  private final Connection connection;
  private final Database database;
  private final boolean autoCommit;
  private final int isolation;

  private Session(Connection connection, Database database, boolean autoCommit, int isolation) {
    this.connection = connection;
    this.database = database;
    this.autoCommit = autoCommit;
    this.isolation = isolation;
  }

  /**
   * Opens a connection and begins a transaction.
   *
   * @param repeatable whether a query that is run twice should give the same rows, where the
   *     database can promise that
   * @throws IOException if there is no connection
   */
  static Session open(ConnectionSource connections, boolean repeatable) throws IOException {
    Connection connection;
    try {
      connection = connections.open();
    } catch (SQLException e) {
      throw new IOException("there is no connection to the database: " + e.getMessage(), e);
    }
    try {
      Database database = Database.of(connection.getMetaData());
      boolean autoCommit = connection.getAutoCommit();
      int isolation = connection.getTransactionIsolation();
      int wanted = Connection.TRANSACTION_REPEATABLE_READ;
      if (repeatable
          && isolation < wanted
          && connection.getMetaData().supportsTransactionIsolationLevel(wanted)) {
        connection.setTransactionIsolation(wanted);
      }
      // PostgreSQL sends all rows at once unless they are asked for in a transaction.
      connection.setAutoCommit(false);
      return new Session(connection, database, autoCommit, isolation);
    } catch (SQLException e) {
      closeAfter(e, connection);
      throw new IOException("the connection to the database fails: " + e.getMessage(), e);
    }
  }

  private static void closeAfter(SQLException problem, Connection connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      problem.addSuppressed(e);
    }
  }

  Connection connection() {
    return connection;
  }

  Database database() {
    return database;
  }

  @Override
  public void close() throws IOException {
    try (connection) {
      if (!connection.isClosed()) {
        connection.rollback();
        if (connection.getTransactionIsolation() != isolation) {
          connection.setTransactionIsolation(isolation);
        }
        connection.setAutoCommit(autoCommit);
      }
    } catch (SQLException e) {
      throw new IOException("the connection to the database fails: " + e.getMessage(), e);
    }
  }
}
