package dev.mlstack.benchmarks;

import dev.mlstack.core.store.DirectoryRefs;
import dev.mlstack.core.store.DirectoryStore;
import dev.mlstack.run.Run;
import dev.mlstack.run.RunRequest;
import dev.mlstack.run.RunStatus;
import dev.mlstack.run.Tracker;
import dev.mlstack.store.ObjectStore;
import dev.mlstack.store.Refs;
import dev.mlstack.track.SqliteTracker;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Logs the values of four metrics of one run until all are durable, beside rows that are inserted
 * into a table of SQLite, a thousand in a transaction, and synchronised at the end. {@code sealed}
 * counts the end of the run, too: its record with all values becomes an object of the store.
 */
final class MetricsBenchmark implements Benchmark {

  private static final int STEPS = 50_000;
  private static final String[] METRICS = {"loss", "accuracy", "validation-loss", "rate"};
  private static final int POINTS = STEPS * METRICS.length;
  private static final int ROWS_IN_TRANSACTION = 1000;
  private static final double MICROS = 1e6;

  @Override
  public String name() {
    return "metrics-embedded";
  }

  @Override
  public String about() {
    return "log a metric into a tracker on SQLite (rows inserted by JDBC)";
  }

  @Override
  public void run(Workbench workbench) throws IOException {
    Path file = workbench.newDirectory().resolve("runs.sqlite");
    Path naive = workbench.newDirectory().resolve("naive.sqlite");
    try (ObjectStore store = DirectoryStore.open(workbench.newDirectory());
        Refs refs = DirectoryRefs.open(workbench.newDirectory());
        Tracker tracker = SqliteTracker.open(file, store, refs);
        Connection connection = open(naive)) {
      int[] runs = new int[1];
      Race.Contestant rows = () -> insert(connection, runs[0]++) / POINTS;
      new Race(1, 5, () -> log(tracker, /* seal= */ false) / POINTS)
          .against("JDBC", rows)
          .report(workbench, "logged", "us", MICROS);
      new Race(0, 5, () -> log(tracker, /* seal= */ true) / POINTS)
          .against("JDBC", rows)
          .report(workbench, "sealed", "us", MICROS);
    } catch (SQLException e) {
      throw new IOException("the peer failed", e);
    }
  }

  private static double value(int step, int metric) {
    return (metric + 1) / (step + 1.0);
  }

  /** Returns the seconds of one run. */
  private static double log(Tracker tracker, boolean seal) throws IOException {
    try (Run run = tracker.start(RunRequest.of("benchmark", "metrics", "benchmark"))) {
      double logging =
          Race.seconds(
              () -> {
                for (int step = 0; step < STEPS; step++) {
                  for (int metric = 0; metric < METRICS.length; metric++) {
                    run.metric(METRICS[metric], step, value(step, metric));
                  }
                }
                run.flush().join();
              });
      double sealing = Race.seconds(() -> run.finish(RunStatus.FINISHED));
      return seal ? logging + sealing : logging;
    }
  }

  private static Connection open(Path file) throws SQLException {
    Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA journal_mode=WAL");
      statement.execute("PRAGMA synchronous=NORMAL");
      statement.execute(
          """
          CREATE TABLE metric (
            run INTEGER NOT NULL,
            name TEXT NOT NULL,
            step INTEGER NOT NULL,
            at INTEGER NOT NULL,
            value REAL)""");
      statement.execute("CREATE INDEX metric_run ON metric (run, name, step)");
    }
    connection.setAutoCommit(false);
    return connection;
  }

  private static double insert(Connection connection, int run) throws IOException {
    return Race.seconds(
        () -> {
          try {
            insertAll(connection, run);
          } catch (SQLException e) {
            throw new IOException("the peer failed", e);
          }
        });
  }

  private static void insertAll(Connection connection, int run) throws SQLException {
    String sql = "INSERT INTO metric (run, name, step, at, value) VALUES (?, ?, ?, ?, ?)";
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      for (int point = 0; point < POINTS; point++) {
        int step = point / METRICS.length;
        int metric = point % METRICS.length;
        insert.setInt(1, run);
        insert.setString(2, METRICS[metric]);
        insert.setInt(3, step);
        insert.setLong(4, System.currentTimeMillis());
        insert.setDouble(5, value(step, metric));
        insert.addBatch();
        if ((point + 1) % ROWS_IN_TRANSACTION == 0) {
          insert.executeBatch();
          connection.commit();
        }
      }
      insert.executeBatch();
    }
    connection.commit();
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA wal_checkpoint(PASSIVE)");
    }
  }
}
