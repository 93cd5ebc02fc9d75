package dev.mlstack.data.jdbc;

import dev.mlstack.compute.Execution;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of a statement that has been run. Owns the statement and the watch over it. */
final class Result implements AutoCloseable {

  private final PreparedStatement statement;
  private final CancelWatch watch;
  private final ResultSet rows;

  private Result(PreparedStatement statement, CancelWatch watch, ResultSet rows) {
    this.statement = statement;
    this.watch = watch;
    this.rows = rows;
  }

  static Result of(
      Session session,
      String sql,
      List<@Nullable Object> arguments,
      int fetchSize,
      Execution execution)
      throws SQLException {
    PreparedStatement statement =
        session
            .connection()
            .prepareStatement(sql, ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY);
    CancelWatch watch = new CancelWatch(statement, execution);
    try {
      statement.setFetchSize(session.database().fetchSize(fetchSize));
      Statements.setAll(statement, arguments);
      return new Result(statement, watch, statement.executeQuery());
    } catch (SQLException e) {
      watch.close();
      try (statement) {
        throw e;
      }
    }
  }

  /** Says that the calling thread is the one that reads from now on. */
  void begin() {
    watch.begin();
  }

  ResultSet rows() {
    return rows;
  }

  @Override
  public void close() throws SQLException {
    watch.close();
    try (statement) {
      rows.close();
    }
  }
}
