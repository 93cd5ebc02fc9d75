package dev.mlstack.data.jdbc;

import dev.mlstack.compute.Execution;
import dev.mlstack.data.internal.CellText;
import dev.mlstack.data.internal.CellWriter;
import dev.mlstack.data.internal.RejectLimit;
import dev.mlstack.data.internal.RowsReader;
import dev.mlstack.table.RejectedRow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the rows of a query. Owns the session. */
final class JdbcReader extends RowsReader {

  private final Session session;
  private final Plan plan;
  private final ResultSet rows;
  private final Execution execution;
  private boolean failed;

  /** Creates a reader, which takes over session and plan. */
  JdbcReader(
      JdbcSettings settings,
      Session session,
      Plan plan,
      Consumer<? super RejectedRow> rejected,
      Execution execution) {
    super(
        settings.name(),
        plan.bound().schema(),
        new RejectLimit(settings.name(), settings.maxRejected()),
        rejected,
        execution,
        settings.allocator());
    this.session = session;
    this.plan = plan;
    this.rows = plan.result().rows();
    this.execution = execution;
  }

  @Override
  protected boolean advance() throws IOException {
    try {
      plan.result().begin();
      return rows.next();
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  private IOException failure(SQLException e) {
    failed = true;
    execution.checkCancelled("read " + name());
    return new IOException(e.getMessage(), e);
  }

  @Override
  protected @Nullable String read(int column, CellWriter cell) throws IOException {
    try {
      return plan.cells().get(column).read(rows, cell);
    } catch (SQLException e) {
      if (SqlStates.isData(e)) {
        return "the driver cannot give the value: " + e.getMessage();
      }
      throw failure(e);
    }
  }

  @Override
  protected String valueText(int column) {
    return text(plan.found().get(plan.bound().sources()[column]));
  }

  @Override
  protected String rowText() {
    return plan.found().stream()
        .map(column -> CellText.quoted(text(column)))
        .collect(Collectors.joining(","));
  }

  /** Returns a value for people, as the driver writes it. */
  private String text(ResultColumn column) {
    try {
      String text = rows.getString(column.index());
      return text == null ? "" : text;
    } catch (SQLException e) {
      return "?";
    }
  }

  @Override
  protected void release() {
    try (session;
        plan) {
      // The plan is closed before the session that it belongs to.
    } catch (IOException | SQLException e) {
      // After a failure the connection is often gone, which the reader has said already.
      if (!failed) {
        throw new UncheckedIOException(
            new IOException(name() + " cannot be closed: " + e.getMessage(), e));
      }
    }
  }
}
