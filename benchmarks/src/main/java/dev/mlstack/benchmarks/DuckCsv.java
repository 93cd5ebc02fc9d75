package dev.mlstack.benchmarks;

import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.schema.Schema;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Collectors;

/** A file that DuckDB reads into a temporary table. Owns the database, which is in memory. */
final class DuckCsv implements AutoCloseable {

  private final Connection connection;
  private final String file;

  /** Opens a database that uses some threads. */
  DuckCsv(Path file, int threads) throws IOException {
    this.file = quoted(file.toString());
    try {
      connection = DriverManager.getConnection("jdbc:duckdb:");
      try (Statement statement = connection.createStatement()) {
        statement.execute("SET threads = " + threads);
      }
    } catch (SQLException e) {
      throw new IOException("DuckDB cannot be opened", e);
    }
  }

  /** Reads the file with the types of its columns given; returns the number of rows. */
  long read(Schema schema) throws IOException {
    String columns =
        schema.fields().stream()
            .map(field -> quoted(field.name()) + ": " + quoted(type(field)))
            .collect(Collectors.joining(", ", "{", "}"));
    return load("read_csv(" + file + ", header = true, columns = " + columns + ")");
  }

  /** Reads the file with types that a sample of it has; returns the number of rows. */
  long readInferred() throws IOException {
    return load("read_csv(" + file + ")");
  }

  private long load(String from) throws IOException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("CREATE OR REPLACE TEMP TABLE t AS SELECT * FROM " + from);
      try (ResultSet result = statement.executeQuery("SELECT count(*) FROM t")) {
        result.next();
        return result.getLong(1);
      }
    } catch (SQLException e) {
      throw new IOException("DuckDB cannot read " + file, e);
    }
  }

  private static String type(Field field) {
    return field.type().equals(FieldType.TEXT)
        ? "VARCHAR"
        : field.type().equals(FieldType.INT64) ? "BIGINT" : "DOUBLE";
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  @Override
  public void close() throws IOException {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IOException("DuckDB cannot be closed", e);
    }
  }
}
