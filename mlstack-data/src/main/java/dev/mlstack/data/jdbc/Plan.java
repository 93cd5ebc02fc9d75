package dev.mlstack.data.jdbc;

import dev.mlstack.compute.Execution;
import dev.mlstack.data.internal.Projection;
import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.schema.Schema;
import java.io.IOException;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A query that has been run, and how its columns become those of a dataset. Owns the result.
 *
 * @param result stands before the first row
 * @param found the columns of the result
 * @param bound the columns that are read
 * @param cells what reads each of them
 */
record Plan(Result result, List<ResultColumn> found, Projection.Bound bound, List<JdbcCell> cells)
    implements AutoCloseable {

  /**
   * Runs a query.
   *
   * @throws IOException if the database cannot be asked, or does not understand it
   * @throws dev.mlstack.table.DataException if columns cannot be read, or are not there
   */
  static Plan of(Session session, JdbcSettings settings, Execution execution) throws IOException {
    String source = settings.name();
    try {
      String sql = settings.query().sql(session, settings.projection());
      Result result = run(session, sql, settings, execution);
      try {
        List<ResultColumn> found =
            ResultColumn.of(source, result.rows().getMetaData(), session.database());
        List<FieldType> types = found.stream().map(ResultColumn::type).toList();
        List<ResultColumn> looked = new ArrayList<>(found);
        looked.removeIf(c -> !c.kind().mustBeLookedAt() || !settings.projection().infers(c.name()));
        if (!looked.isEmpty()) {
          types = inferred(source, found, looked, result, execution);
          result.close();
          result = run(session, sql, settings, execution);
        }
        return bind(settings, result, found, types);
      } catch (SQLException | RuntimeException e) {
        closeAfter(e, result);
        throw e;
      }
    } catch (SQLException e) {
      execution.checkCancelled("read " + source);
      throw new IOException(source + " cannot be queried: " + e.getMessage(), e);
    }
  }

  private static void closeAfter(Exception problem, Result result) {
    try {
      result.close();
    } catch (SQLException e) {
      problem.addSuppressed(e);
    }
  }

  private static Result run(Session session, String sql, JdbcSettings settings, Execution execution)
      throws SQLException {
    List<@Nullable Object> arguments = settings.query().arguments();
    return Result.of(session, sql, arguments, settings.fetchSize(), execution);
  }

  private static List<FieldType> inferred(
      String source,
      List<ResultColumn> found,
      List<ResultColumn> looked,
      Result result,
      Execution execution)
      throws SQLException {
    List<FieldType> lookedTypes = ValueScan.types(source, looked, result.rows(), execution);
    return found.stream()
        .map(c -> looked.contains(c) ? lookedTypes.get(looked.indexOf(c)) : c.type())
        .toList();
  }

  private static Plan bind(
      JdbcSettings settings, Result result, List<ResultColumn> found, List<FieldType> types) {
    List<Field> fields = new ArrayList<>();
    for (ResultColumn column : found) {
      Field field = Field.of(column.name(), types.get(fields.size()));
      boolean required = column.required() && settings.query().knowsRequired();
      fields.add(required ? field.required() : field);
    }
    Projection.Bound bound = settings.projection().bind(settings.name(), Schema.of(fields));
    Optional<ZoneId> zone = settings.zone();
    List<JdbcCell> cells = new ArrayList<>();
    for (int i = 0; i < bound.sources().length; i++) {
      ResultColumn column = found.get(bound.sources()[i]);
      FieldType as = bound.schema().field(i).type();
      column.requireReadable(settings.name(), as, zone.isPresent());
      cells.add(JdbcCell.of(column, as, zone));
    }
    return new Plan(result, found, bound, cells);
  }

  @Override
  public void close() throws SQLException {
    result.close();
  }
}
