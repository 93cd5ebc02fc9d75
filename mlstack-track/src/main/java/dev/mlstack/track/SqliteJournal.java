package dev.mlstack.track;

import dev.mlstack.run.MetricPoint;
import dev.mlstack.run.RunId;
import dev.mlstack.run.RunInfo;
import dev.mlstack.run.RunQuery;
import dev.mlstack.run.RunRequest;
import dev.mlstack.run.RunStatus;
import dev.mlstack.store.Digest;
import dev.mlstack.track.sqlite.Database;
import dev.mlstack.track.sqlite.Sql;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps runs in a SQLite file.
 *
 * <p>Whoever has the file open has a session in it. Sessions of processes that have died, and runs
 * that are left of sessions that were closed, are taken over by who asks for them. Whether a
 * process of the same machine lives, the operating system knows; of others (those of another
 * container, or of before the last start of the machine) it is believed until their session has not
 * beaten for {@link #SILENCE}.
 */
final class SqliteJournal implements Journal {

  /** After how long without a sign of life a process that cannot be asked is taken for dead. */
  static final Duration SILENCE = Duration.ofSeconds(60);

  private final Database database;
  private final ProcessIdentity process;
  private final long session;

  private SqliteJournal(Database database, ProcessIdentity process) {
    this.database = database;
    this.process = process;
    this.session =
        database.write(
            sql ->
                sql.insert(
                    "INSERT INTO session (machine, pid, born, beat) VALUES (?, ?, ?, ?)",
                    process.machine(),
                    process.pid(),
                    process.born(),
                    System.currentTimeMillis()));
  }

  static SqliteJournal open(Path file, ProcessIdentity process) throws IOException {
    Database database = Database.open(file, SqliteSchema.LAYOUT);
    try {
      return new SqliteJournal(database, process);
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  /** Tells whether the file is new, so that what was sealed is not known yet. */
  boolean created() {
    return database.created();
  }

  @Override
  public void begin(RunId id, RunRequest request, Instant started) {
    database.write(
        sql -> {
          requireSession(sql);
          insert(sql, id, request, RunStatus.RUNNING, started);
          sql.update("UPDATE run SET session = ? WHERE id = ?", session, id.value());
          return id;
        });
  }

  private static void insert(
      Sql sql, RunId id, RunRequest request, RunStatus status, Instant started)
      throws SQLException {
    sql.update(
        """
        INSERT INTO run (id, experiment, name, actor, parent, status, started)
        VALUES (?, ?, ?, ?, ?, ?, ?)""",
        id.value(),
        request.experiment(),
        request.name(),
        request.by(),
        request.parent().map(RunId::value).orElse(null),
        status.name(),
        started.toEpochMilli());
    SqliteAppender appender = new SqliteAppender(sql);
    for (Map.Entry<String, String> tag : request.tags().entrySet()) {
      appender.requestedTag(id, tag.getKey(), tag.getValue());
    }
  }

  @Override
  public void append(List<Entry> entries, boolean through) {
    Sql.Work<Integer> work =
        sql -> {
          requireSession(sql);
          SqliteAppender appender = new SqliteAppender(sql);
          for (Entry entry : entries) {
            entry.applyTo(appender);
          }
          appender.finish();
          return entries.size();
        };
    if (through) {
      database.writeThrough(work);
    } else {
      database.write(work);
    }
  }

  @Override
  public void beat() {
    database.write(
        sql -> {
          requireSession(sql);
          return session;
        });
  }

  /** Beats, and fails if nobody would hear it. */
  private void requireSession(Sql sql) throws SQLException {
    int found =
        sql.update(
            "UPDATE session SET beat = ? WHERE key = ?", System.currentTimeMillis(), session);
    if (found == 0) {
      throw new RunsTakenException(database.file().toString());
    }
  }

  @Override
  public void seal(RunId id, RunStatus status, Instant ended, Digest record) {
    database.write(
        sql -> {
          sql.update(
              """
              UPDATE run SET status = ?, ended = ?, record = ?, session = NULL, environment = NULL
              WHERE id = ?""",
              status.name(),
              ended.toEpochMilli(),
              record.toBytes(),
              id.value());
          new SqliteAppender(sql).compact(id);
          return sql.update(
              """
              DELETE FROM environment WHERE key NOT IN
                (SELECT environment FROM run WHERE environment IS NOT NULL)""");
        });
  }

  @Override
  public void restore(List<RunLog> sealed) {
    database.write(
        sql -> {
          for (RunLog log : sealed) {
            restore(sql, log);
          }
          return sealed.size();
        });
  }

  private static void restore(Sql sql, RunLog log) throws SQLException {
    RunInfo info = log.info();
    RunId id = info.id();
    sql.update("DELETE FROM run WHERE id = ?", id.value());
    insert(sql, id, info.request(), info.status(), info.started());
    sql.update(
        "UPDATE run SET ended = ?, record = ? WHERE id = ?",
        info.ended().map(Instant::toEpochMilli).orElse(null),
        info.record().map(Digest::toBytes).orElse(null),
        id.value());
    SqliteAppender appender = new SqliteAppender(sql);
    for (var param : info.params().entrySet()) {
      appender.param(id, param.getKey(), param.getValue().canonicalJson());
    }
    for (var tag : info.tags().entrySet()) {
      appender.tag(id, tag.getKey(), tag.getValue());
    }
    for (var input : info.inputs().entrySet()) {
      appender.link(id, Entry.Direction.INPUT, input.getKey(), input.getValue());
    }
    for (var output : info.outputs().entrySet()) {
      appender.link(id, Entry.Direction.OUTPUT, output.getKey(), output.getValue());
    }
    log.points().forEach((name, points) -> appender.points(id, name, points));
    appender.finish();
  }

  @Override
  public Set<RunId> sealed() {
    return database.read(
        sql ->
            new HashSet<>(
                sql.list(
                    "SELECT id FROM run WHERE record IS NOT NULL",
                    row -> new RunId(row.getString(1)))));
  }

  @Override
  public void forget(Set<RunId> ids) {
    database.write(
        sql -> {
          for (RunId id : ids) {
            sql.update("DELETE FROM run WHERE id = ?", id.value());
          }
          return ids.size();
        });
  }

  @Override
  public List<Orphan> adopt() {
    return database.write(
        sql -> {
          for (long dead : deadSessions(sql)) {
            bury(sql, dead);
          }
          sql.update(
              """
              UPDATE run SET session = ?, status = ?, ended = coalesce(ended, max(started,
                coalesce((SELECT max(at) FROM metric WHERE metric.run = run.key), started)))
              WHERE record IS NULL
                AND (session IS NULL OR session NOT IN (SELECT key FROM session))""",
              session,
              RunStatus.KILLED.name());
          return sql.list(
              "SELECT id, ended FROM run WHERE record IS NULL AND session = ? AND status = ?",
              row -> new Orphan(new RunId(row.getString(1)), Instant.ofEpochMilli(row.getLong(2))),
              session,
              RunStatus.KILLED.name());
        });
  }

  /** Removes a session, whose runs ended when it beat for the last time. */
  private static void bury(Sql sql, long dead) throws SQLException {
    sql.update(
        """
        UPDATE run SET ended = max(started, (SELECT beat FROM session WHERE key = run.session))
        WHERE session = ? AND record IS NULL AND ended IS NULL""",
        dead);
    sql.update("DELETE FROM session WHERE key = ?", dead);
  }

  private List<Long> deadSessions(Sql sql) throws SQLException {
    List<Long> dead = new ArrayList<>();
    long silentSince = System.currentTimeMillis() - SILENCE.toMillis();
    sql.forEach(
        "SELECT key, machine, pid, born, beat FROM session",
        row -> {
          ProcessIdentity owner =
              new ProcessIdentity(row.getString(2), row.getLong(3), row.getLong(4));
          boolean alive =
              owner.isNeighbourOf(process) ? owner.isAlive() : row.getLong(5) >= silentSince;
          if (!alive) {
            dead.add(row.getLong(1));
          }
        });
    return dead;
  }

  @Override
  public Optional<RunLog> read(RunId id) {
    return database.read(sql -> new SqliteRuns(sql).log(id));
  }

  @Override
  public Optional<RunInfo> find(RunId id) {
    return database.read(sql -> new SqliteRuns(sql).find(id));
  }

  @Override
  public List<RunInfo> list(RunQuery query) {
    return database.read(sql -> new SqliteRuns(sql).list(query));
  }

  @Override
  public List<MetricPoint> history(RunId id, String metric) {
    return database.read(sql -> new SqliteRuns(sql).history(id, metric));
  }

  /** Ends the session, so that whatever it leaves unsealed may be taken over, and the file. */
  @Override
  public void close() {
    try (database) {
      database.write(sql -> sql.update("DELETE FROM session WHERE key = ?", session));
    }
  }
}
