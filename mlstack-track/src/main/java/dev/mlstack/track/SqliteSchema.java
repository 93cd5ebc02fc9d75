package dev.mlstack.track;

import dev.mlstack.track.sqlite.Layout;
import java.util.List;

/** The tables of a tracker's file. Times are milliseconds since 1970, digests 32 bytes. */
final class SqliteSchema {

  /** Says "mlst" in the header of the file. */
  private static final int APPLICATION_ID = 0x6D6C7374;

  private static final List<String> VERSION_1 =
      List.of(
          // Who has the file open. It beats, that is says that it lives, while it has runs.
          """
          CREATE TABLE session (
            key INTEGER PRIMARY KEY AUTOINCREMENT,
            machine TEXT NOT NULL,
            pid INTEGER NOT NULL,
            born INTEGER NOT NULL,
            beat INTEGER NOT NULL)""",
          // As long as a run is under way: where it runs, to be sealed with it.
          """
          CREATE TABLE environment (
            key INTEGER PRIMARY KEY,
            digest BLOB NOT NULL UNIQUE,
            facts TEXT NOT NULL)""",
          // A run belongs to a session until it is sealed; then it has a record instead.
          """
          CREATE TABLE run (
            key INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE,
            experiment TEXT NOT NULL,
            name TEXT NOT NULL,
            actor TEXT NOT NULL,
            parent TEXT,
            status TEXT NOT NULL,
            started INTEGER NOT NULL,
            ended INTEGER,
            session INTEGER,
            environment INTEGER REFERENCES environment,
            record BLOB)""",
          "CREATE INDEX run_started ON run (started DESC, id)",
          "CREATE INDEX run_experiment ON run (experiment, started DESC, id)",
          "CREATE INDEX run_unsealed ON run (session) WHERE record IS NULL",
          // The value is canonical JSON.
          """
          CREATE TABLE param (
            run INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
            name TEXT NOT NULL,
            value TEXT NOT NULL,
            PRIMARY KEY (run, name)) WITHOUT ROWID""",
          // Requested is the value that the run was started with, if it was.
          """
          CREATE TABLE tag (
            run INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
            name TEXT NOT NULL,
            value TEXT NOT NULL,
            requested TEXT,
            PRIMARY KEY (run, name)) WITHOUT ROWID""",
          """
          CREATE TABLE link (
            run INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
            direction TEXT NOT NULL,
            role TEXT NOT NULL,
            digest BLOB NOT NULL,
            PRIMARY KEY (run, direction, role)) WITHOUT ROWID""",
          // The last value of each metric. NaN is NULL.
          """
          CREATE TABLE metric (
            key INTEGER PRIMARY KEY,
            run INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
            name TEXT NOT NULL,
            step INTEGER NOT NULL,
            at INTEGER NOT NULL,
            value REAL,
            UNIQUE (run, name))""",
          // All values, many to a row, in the order they were logged.
          """
          CREATE TABLE chunk (
            key INTEGER PRIMARY KEY,
            metric INTEGER NOT NULL REFERENCES metric ON DELETE CASCADE,
            points BLOB NOT NULL)""",
          "CREATE INDEX chunk_metric ON chunk (metric)");

  /** What has been released never changes; a new version adds what leads to it. */
  static final Layout LAYOUT = new Layout(APPLICATION_ID, "tracker", List.of(VERSION_1));

  private SqliteSchema() {}
}
