package dev.mlstack.track;

import dev.mlstack.core.json.Json;
import dev.mlstack.run.MetricPoint;
import dev.mlstack.run.RunId;
import dev.mlstack.run.RunInfo;
import dev.mlstack.run.RunQuery;
import dev.mlstack.run.RunRequest;
import dev.mlstack.run.RunStatus;
import dev.mlstack.store.Digest;
import dev.mlstack.store.Value;
import dev.mlstack.track.Entry.Direction;
import dev.mlstack.track.environment.Environment;
import dev.mlstack.track.sqlite.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads runs, within one transaction. Whatever belongs to many runs is read by one query. */
final class SqliteRuns {

  private static final String RUN =
      "SELECT run.key, id, experiment, run.name, actor, parent, status, started, ended, record"
          + " FROM run ";

  private static final String OF_RUNS = " WHERE run IN (SELECT value FROM json_each(?))";

  private final Sql sql;

  SqliteRuns(Sql sql) {
    this.sql = sql;
  }

  /** A run as it is read, table by table. */
  private record Row(
      RunId id,
      String experiment,
      String name,
      String actor,
      Optional<RunId> parent,
      RunStatus status,
      Instant started,
      Optional<Instant> ended,
      Optional<Digest> record,
      SortedMap<String, Value> params,
      SortedMap<String, MetricPoint> metrics,
      SortedMap<String, String> tags,
      SortedMap<String, String> requestTags,
      SortedMap<String, Digest> inputs,
      SortedMap<String, Digest> outputs) {

    RunInfo info() {
      RunRequest request = new RunRequest(experiment, name, actor, parent, requestTags);
      return new RunInfo(
          id, request, status, started, ended, params, metrics, tags, inputs, outputs, record);
    }
  }

  Optional<RunInfo> find(RunId id) throws SQLException {
    return read(RUN + "WHERE id = ?", id.value()).stream().findFirst();
  }

  List<RunInfo> list(RunQuery query) throws SQLException {
    StringBuilder text = new StringBuilder(RUN);
    List<@Nullable Object> arguments = new ArrayList<>();
    query
        .metric()
        .ifPresent(
            metric -> {
              text.append("LEFT JOIN metric ON metric.run = run.key AND metric.name = ? ");
              arguments.add(metric);
            });
    text.append("WHERE true");
    query
        .experiment()
        .ifPresent(
            experiment -> {
              text.append(" AND experiment = ?");
              arguments.add(experiment);
            });
    query
        .status()
        .ifPresent(
            status -> {
              text.append(" AND status = ?");
              arguments.add(status.name());
            });
    text.append(order(query)).append(" LIMIT ?");
    arguments.add(query.limit());
    return read(text.toString(), arguments.toArray());
  }

  private static String order(RunQuery query) {
    if (query.metric().isEmpty()) {
      return " ORDER BY started DESC, id";
    }
    String direction = query.ascending() ? "ASC" : "DESC";
    return " ORDER BY metric.value IS NULL, metric.value " + direction + ", id";
  }

  private List<RunInfo> read(String query, @Nullable Object... arguments) throws SQLException {
    Map<Long, Row> rows = new LinkedHashMap<>();
    sql.forEach(query, row -> rows.put(row.getLong(1), row(row)), arguments);
    String keys =
        rows.keySet().stream().map(String::valueOf).collect(Collectors.joining(",", "[", "]"));
    readParams(keys, rows);
    readTags(keys, rows);
    readLinks(keys, rows);
    readMetrics(keys, rows);
    return rows.values().stream().map(Row::info).toList();
  }

  private static Row row(ResultSet row) throws SQLException {
    String parent = row.getString(6);
    long ended = row.getLong(9);
    Optional<Instant> end =
        row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(ended));
    byte[] record = row.getBytes(10);
    return new Row(
        new RunId(row.getString(2)),
        row.getString(3),
        row.getString(4),
        row.getString(5),
        Optional.ofNullable(parent).map(RunId::new),
        RunStatus.valueOf(row.getString(7)),
        Instant.ofEpochMilli(row.getLong(8)),
        end,
        Optional.ofNullable(record).map(Digest::ofBytes),
        new TreeMap<>(),
        new TreeMap<>(),
        new TreeMap<>(),
        new TreeMap<>(),
        new TreeMap<>(),
        new TreeMap<>());
  }

  private void readParams(String keys, Map<Long, Row> rows) throws SQLException {
    sql.forEach(
        "SELECT run, name, value FROM param" + OF_RUNS,
        row -> of(row, rows).params().put(row.getString(2), Json.parse(row.getString(3))),
        keys);
  }

  private void readTags(String keys, Map<Long, Row> rows) throws SQLException {
    sql.forEach(
        "SELECT run, name, value, requested FROM tag" + OF_RUNS,
        row -> {
          of(row, rows).tags().put(row.getString(2), row.getString(3));
          String requested = row.getString(4);
          if (requested != null) {
            of(row, rows).requestTags().put(row.getString(2), requested);
          }
        },
        keys);
  }

  private void readLinks(String keys, Map<Long, Row> rows) throws SQLException {
    sql.forEach(
        "SELECT run, direction, role, digest FROM link" + OF_RUNS,
        row -> {
          boolean input = row.getString(2).equals(Direction.INPUT.name());
          (input ? of(row, rows).inputs() : of(row, rows).outputs())
              .put(row.getString(3), Digest.ofBytes(row.getBytes(4)));
        },
        keys);
  }

  private void readMetrics(String keys, Map<Long, Row> rows) throws SQLException {
    sql.forEach(
        "SELECT run, name, step, at, value FROM metric" + OF_RUNS,
        row -> of(row, rows).metrics().put(row.getString(2), last(row)),
        keys);
  }

  private static MetricPoint last(ResultSet row) throws SQLException {
    double value = row.getDouble(5);
    double canonical = row.wasNull() ? Double.NaN : value;
    return new MetricPoint(row.getLong(3), Instant.ofEpochMilli(row.getLong(4)), canonical);
  }

  /** Returns the run that a row of another table belongs to. */
  private static Row of(ResultSet row, Map<Long, Row> rows) throws SQLException {
    return java.util.Objects.requireNonNull(rows.get(row.getLong(1)));
  }

  List<MetricPoint> history(RunId id, String metric) throws SQLException {
    Points points = new Points();
    sql.forEach(
        """
        SELECT points FROM run JOIN metric ON metric.run = run.key
        JOIN chunk ON chunk.metric = metric.key
        WHERE id = ? AND metric.name = ? ORDER BY chunk.key""",
        row -> points.decode(row.getBytes(1)),
        id.value(),
        metric);
    return points.byStep().toList();
  }

  Optional<RunLog> log(RunId id) throws SQLException {
    Optional<RunInfo> info = find(id);
    if (info.isEmpty()) {
      return Optional.empty();
    }
    SortedMap<String, Points> points = new TreeMap<>();
    sql.forEach(
        """
        SELECT metric.name, points FROM run JOIN metric ON metric.run = run.key
        JOIN chunk ON chunk.metric = metric.key WHERE id = ? ORDER BY chunk.key""",
        row ->
            points.computeIfAbsent(row.getString(1), name -> new Points()).decode(row.getBytes(2)),
        id.value());
    Optional<Environment> environment =
        sql
            .list(
                """
                SELECT facts FROM run JOIN environment ON environment.key = run.environment
                WHERE id = ?""",
                row -> Environment.of(Json.parse(row.getString(1)).asDoc()),
                id.value())
            .stream()
            .findFirst();
    return Optional.of(new RunLog(info.get(), points, environment));
  }
}
