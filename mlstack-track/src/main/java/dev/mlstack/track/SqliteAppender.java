package dev.mlstack.track;

import dev.mlstack.run.RunId;
import dev.mlstack.store.Digest;
import dev.mlstack.track.Entry.Direction;
import dev.mlstack.track.environment.Environment;
import dev.mlstack.track.sqlite.Sql;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes what was logged into runs, within one transaction: points are gathered by metric and
 * written together at the end.
 */
final class SqliteAppender implements Entry.Visitor<SQLException> {

  /** How many points are written into one row at most: 4,096. */
  static final int CHUNK_POINTS = 4096;

  private final Sql sql;
  private final Map<RunId, Long> keys = new HashMap<>();
  private final Map<RunId, Map<String, Points>> gathered = new LinkedHashMap<>();

  SqliteAppender(Sql sql) {
    this.sql = sql;
  }

  @Override
  public void metric(RunId run, String name, long step, long at, double value) {
    points(run, name).add(step, at, value);
  }

  /** Returns the points of a metric that are to be written. */
  private Points points(RunId run, String name) {
    return gathered
        .computeIfAbsent(run, id -> new LinkedHashMap<>())
        .computeIfAbsent(name, metric -> new Points());
  }

  @Override
  public void param(RunId run, String name, String json) throws SQLException {
    sql.update("INSERT OR REPLACE INTO param VALUES (?, ?, ?)", key(run), name, json);
  }

  @Override
  public void tag(RunId run, String name, String value) throws SQLException {
    sql.update(
        """
        INSERT INTO tag (run, name, value) VALUES (?, ?, ?)
        ON CONFLICT DO UPDATE SET value = excluded.value""",
        key(run),
        name,
        value);
  }

  /** Sets a tag that the run was started with. */
  void requestedTag(RunId run, String name, String value) throws SQLException {
    sql.update("INSERT INTO tag VALUES (?, ?, ?, ?)", key(run), name, value, value);
  }

  @Override
  public void link(RunId run, Direction direction, String role, Digest digest) throws SQLException {
    sql.update(
        "INSERT OR REPLACE INTO link VALUES (?, ?, ?, ?)",
        key(run),
        direction.name(),
        role,
        digest.toBytes());
  }

  @Override
  public void environment(RunId run, Environment environment) throws SQLException {
    byte[] digest = environment.digest().toBytes();
    sql.update(
        "INSERT OR IGNORE INTO environment (digest, facts) VALUES (?, ?)",
        digest,
        environment.facts().canonicalJson());
    sql.update(
        "UPDATE run SET environment = (SELECT key FROM environment WHERE digest = ?) WHERE key = ?",
        digest,
        key(run));
  }

  /** Adds all points of a metric. */
  void points(RunId run, String name, Points all) {
    points(run, name).addAll(all);
  }

  /** Writes the points. */
  void finish() throws SQLException {
    for (Map.Entry<RunId, Map<String, Points>> run : gathered.entrySet()) {
      long key = key(run.getKey());
      for (Map.Entry<String, Points> metric : run.getValue().entrySet()) {
        write(metric(key, metric.getKey(), metric.getValue()), metric.getValue());
      }
    }
    gathered.clear();
  }

  /** Updates the last value of a metric, and returns its key. */
  private long metric(long run, String name, Points points) throws SQLException {
    int last = points.last();
    return sql.insert(
        """
        INSERT INTO metric (run, name, step, at, value) VALUES (?, ?, ?, ?, ?)
        ON CONFLICT DO UPDATE SET
          at = iif(excluded.step >= step, excluded.at, at),
          value = iif(excluded.step >= step, excluded.value, value),
          step = max(excluded.step, step)""",
        run,
        name,
        points.step(last),
        points.at(last),
        points.value(last));
  }

  private void write(long metric, Points points) throws SQLException {
    for (int from = 0; from < points.size(); from += CHUNK_POINTS) {
      int to = Math.min(from + CHUNK_POINTS, points.size());
      sql.update(
          "INSERT INTO chunk (metric, points) VALUES (?, ?)", metric, points.encode(from, to));
    }
  }

  /**
   * Rewrites metrics of a run whose points are in many rows, as they are when little was logged at
   * a time.
   */
  void compact(RunId run) throws SQLException {
    List<Long> scattered =
        sql.list(
            """
            SELECT metric.key FROM metric JOIN chunk ON chunk.metric = metric.key
            WHERE run = ? GROUP BY metric.key
            HAVING count(*) > 1 + sum(length(points)) / ?""",
            row -> row.getLong(1),
            key(run),
            CHUNK_POINTS * Points.POINT_BYTES / 2);
    for (long metric : scattered) {
      Points points = new Points();
      sql.forEach(
          "SELECT points FROM chunk WHERE metric = ? ORDER BY key",
          row -> points.decode(row.getBytes(1)),
          metric);
      sql.update("DELETE FROM chunk WHERE metric = ?", metric);
      write(metric, points);
    }
  }

  private long key(RunId run) throws SQLException {
    Long known = keys.get(run);
    if (known != null) {
      return known;
    }
    List<Long> found =
        sql.list("SELECT key FROM run WHERE id = ?", row -> row.getLong(1), run.value());
    if (found.isEmpty()) {
      throw new SQLException("run " + run + " is not in the tracker any more");
    }
    keys.put(run, found.get(0));
    return found.get(0);
  }
}
