package dev.mlstack.track.sqlite;

import dev.mlstack.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Properties;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.sqlite.JDBC;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * A SQLite file with the tables of a {@link Layout}, which several threads and processes may use.
 *
 * <p>It is kept in WAL mode: readers see the last transaction that was committed and wait for
 * nobody; writers wait for each other up to {@link #BUSY_MILLIS}. A transaction that was committed
 * survives the death of the process, because it has been handed to the operating system; one that
 * was {@linkplain #writeThrough written through} also survives the death of the machine, because
 * the disk has been told to keep it, with all transactions before.
 *
 * <p>Owns two connections, one to read and one to write; each is used by one thread at a time.
 * Whoever opens it closes it.
 */
public final class Database implements AutoCloseable {

  /** How long a writer waits for another process to end its transaction: 20,000 milliseconds. */
  public static final int BUSY_MILLIS = 20_000;

  /** Pages that are kept in memory; random digests need more than SQLite's own 2 MiB. */
  private static final int CACHE_KIBIBYTES = 16 << 10;

  private static final String COMMIT_TO_SYSTEM = "PRAGMA synchronous=NORMAL";
  private static final String COMMIT_TO_DISK = "PRAGMA synchronous=FULL";

  private final Path file;
  private final Layout layout;
  private final ReentrantLock reading = new ReentrantLock();
  private final ReentrantLock writing = new ReentrantLock();
  private final Sql writer;
  private final Sql reader;
  private final boolean created;
  private boolean closed;

  private Database(Path file, Layout layout, int busyMillis) throws IOException, SQLException {
    this.file = file;
    this.layout = layout;
    this.writer = connect(file, busyMillis);
    try {
      Migration migration = new Migration(file, layout, busyMillis, writer);
      this.created = migration.run();
      writer.execute(COMMIT_TO_SYSTEM);
      writer.execute("PRAGMA foreign_keys=ON");
      this.reader = connect(file, busyMillis);
      reader.execute("PRAGMA query_only=ON");
    } catch (IOException | SQLException | RuntimeException e) {
      writer.close();
      throw e;
    }
  }

  /**
   * Opens a file. If it does not exist, it is created; if it has the tables of an older version,
   * they are migrated.
   *
   * @throws IOException if it cannot be opened, is something else, or was written by a newer
   *     version
   */
  public static Database open(Path file, Layout layout) throws IOException {
    return open(file, layout, BUSY_MILLIS);
  }

  static Database open(Path file, Layout layout, int busyMillis) throws IOException {
    Path absolute = file.toAbsolutePath();
    if (Files.isDirectory(absolute)) {
      throw new IOException(
          "cannot open a "
              + layout.name()
              + " at "
              + absolute
              + ": it is a directory; name a file");
    }
    Path parent = absolute.getParent();
    if (parent == null || !Files.isDirectory(parent)) {
      throw new IOException(
          "cannot open a "
              + layout.name()
              + " at "
              + absolute
              + ": the directory "
              + parent
              + " does not exist; create it first");
    }
    try {
      return new Database(absolute, layout, busyMillis);
    } catch (SQLException e) {
      throw new IOException(sentence(absolute, layout, e), e);
    }
  }

  private static Sql connect(Path file, int busyMillis) throws SQLException {
    Sql sql = new Sql(JDBC.createConnection("jdbc:sqlite:" + file, new Properties()));
    sql.execute("PRAGMA busy_timeout=" + busyMillis);
    sql.execute("PRAGMA cache_size=-" + CACHE_KIBIBYTES);
    return sql;
  }

  /** Returns the file. */
  public Path file() {
    return file;
  }

  /** Tells whether the file had no tables before it was opened. */
  public boolean created() {
    return created;
  }

  /**
   * Reads; all that is read in one call is of one moment. A call within another is part of it.
   *
   * @throws StoreException if reading fails
   */
  public <T extends @Nullable Object> T read(Sql.Work<T> work) {
    return transaction(reading, reader, "BEGIN", work);
  }

  /**
   * Writes, all or nothing; it survives the death of the process.
   *
   * @throws StoreException if writing fails; the file stays as it was
   */
  public <T extends @Nullable Object> T write(Sql.Work<T> work) {
    return transaction(writing, writer, "BEGIN IMMEDIATE", work);
  }

  /**
   * Writes, all or nothing; it survives the death of the machine, and so does all that was written
   * before.
   *
   * @param work must change something, or the disk is told nothing
   * @throws StoreException if writing fails; the file stays as it was
   */
  public <T extends @Nullable Object> T writeThrough(Sql.Work<T> work) {
    writing.lock();
    try {
      execute(COMMIT_TO_DISK);
      try {
        return write(work);
      } finally {
        execute(COMMIT_TO_SYSTEM);
      }
    } finally {
      writing.unlock();
    }
  }

  private void execute(String pragma) {
    try {
      requireOpen();
      writer.execute(pragma);
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  private <T extends @Nullable Object> T transaction(
      ReentrantLock lock, Sql sql, String begin, Sql.Work<T> work) {
    lock.lock();
    try {
      requireOpen();
      boolean within = lock.getHoldCount() > 1 && sql.inTransaction();
      return within ? work.run(sql) : sql.transaction(begin, work);
    } catch (SQLException e) {
      throw failure(e);
    } finally {
      lock.unlock();
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the " + layout.name() + " at " + file + " is closed");
    }
  }

  private StoreException failure(SQLException e) {
    return new StoreException(sentence(file, layout, e), e);
  }

  /** Says what went wrong, where, and what to do. */
  private static String sentence(Path file, Layout layout, SQLException e) {
    String what = "cannot use the " + layout.name() + " at " + file + ": ";
    int code = e instanceof SQLiteException sqlite ? sqlite.getResultCode().code & 0xFF : 0;
    if (code == SQLiteErrorCode.SQLITE_FULL.code) {
      return what + "the disk is full; free some space";
    } else if (code == SQLiteErrorCode.SQLITE_READONLY.code) {
      return what + "it cannot be written; check the permissions of the file and its directory";
    } else if (code == SQLiteErrorCode.SQLITE_CANTOPEN.code) {
      return what + "it cannot be opened; check the permissions of the file and its directory";
    } else if (code == SQLiteErrorCode.SQLITE_BUSY.code) {
      return what + "another process has kept it locked for too long; try again";
    } else if (code == SQLiteErrorCode.SQLITE_NOTADB.code) {
      return what + "it is no SQLite database; move it away or name another file";
    } else if (code == SQLiteErrorCode.SQLITE_CORRUPT.code) {
      return what + "it is damaged; move it away, and it is made anew from objects and refs";
    }
    return what + e.getMessage();
  }

  /** Closes both connections, after the transactions under way. Closing twice does nothing. */
  @Override
  public void close() {
    writing.lock();
    reading.lock();
    try {
      if (!closed) {
        closed = true;
        try (writer) {
          reader.close();
        }
      }
    } catch (SQLException e) {
      throw failure(e);
    } finally {
      reading.unlock();
      writing.unlock();
    }
  }
}
