package dev.mlstack.track.sqlite;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * Brings a file to the tables of a layout. The file says in its header what it is ({@code
 * application_id}) and which version of the tables it has ({@code user_version}).
 */
final class Migration {

  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  private final Path file;
  private final Layout layout;
  private final int busyMillis;
  private final Sql sql;

  Migration(Path file, Layout layout, int busyMillis, Sql sql) {
    this.file = file;
    this.layout = layout;
    this.busyMillis = busyMillis;
    this.sql = sql;
  }

  /** Migrates, and tells whether the file had no tables before. */
  boolean run() throws IOException, SQLException {
    requireOurs(version());
    useWal();
    int from = sql.transaction("BEGIN IMMEDIATE", own -> migrate(version()));
    requireOurs(version());
    return from == 0;
  }

  private int version() throws SQLException {
    return Integer.parseInt(sql.pragma("user_version"));
  }

  private void requireOurs(int version) throws IOException, SQLException {
    int id = Integer.parseInt(sql.pragma("application_id"));
    boolean empty = sql.list("SELECT name FROM sqlite_schema LIMIT 1", row -> "").isEmpty();
    boolean fresh = empty && id == 0 && version == 0;
    if (!fresh && id != layout.applicationId()) {
      throw new IOException(
          "cannot open a "
              + layout.name()
              + " at "
              + file
              + ": it is a database of something else; name another file");
    }
    if (version > layout.version()) {
      throw new IOException(
          "cannot open the "
              + layout.name()
              + " at "
              + file
              + ": a newer version of mlstack has written it (layout "
              + version
              + ", this one knows "
              + layout.version()
              + "); use that version, or name another file");
    }
  }

  /**
   * Switches the file to a write-ahead log, for good. SQLite does not wait for other connections
   * here, so this does.
   */
  private void useWal() throws IOException, SQLException {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(busyMillis);
    while (true) {
      try {
        String mode = sql.pragma("journal_mode=WAL");
        if (mode.equals("wal")) {
          return;
        }
        throw new IOException(
            "cannot open a "
                + layout.name()
                + " at "
                + file
                + ": its file system cannot share memory between processes; use a local disk");
      } catch (SQLiteException e) {
        boolean busy = (e.getResultCode().code & 0xFF) == SQLiteErrorCode.SQLITE_BUSY.code;
        if (!busy || System.nanoTime() > deadline) {
          throw e;
        }
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
  }

  /** Runs what leads from a version to that of the layout, and returns the version. */
  private int migrate(int from) throws SQLException {
    if (from >= layout.version()) {
      return from;
    }
    for (List<String> statements : layout.migrations().subList(from, layout.version())) {
      for (String statement : statements) {
        sql.execute(statement);
      }
    }
    sql.execute("PRAGMA application_id=" + layout.applicationId());
    sql.execute("PRAGMA user_version=" + layout.version());
    return from;
  }
}
