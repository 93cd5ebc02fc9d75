package dev.mlstack.track;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.sqlite.JDBC;

/** Looks at the file of a tracker, and tampers with it, over a connection of its own. */
final class RawFile {

  private final Path file;

  RawFile(Path file) {
    this.file = file;
  }

  /** Changes something. */
  void execute(String sql) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA busy_timeout=20000");
      statement.execute(sql);
    } catch (SQLException e) {
      throw new AssertionError(sql, e);
    }
  }

  /** Returns the first value of the first row. */
  String query(String sql) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return rows.next() ? String.valueOf(rows.getString(1)) : "";
    } catch (SQLException e) {
      throw new AssertionError(sql, e);
    }
  }

  private Connection connect() throws SQLException {
    return JDBC.createConnection("jdbc:sqlite:" + file, new Properties());
  }

  /** Makes every attempt to write points fail, until {@link #mend()}. */
  void breakWriting() {
    execute(
        "CREATE TRIGGER broken BEFORE INSERT ON chunk BEGIN SELECT RAISE(ABORT, 'broken'); END");
  }

  void mend() {
    execute("DROP TRIGGER broken");
  }
}
