package dev.mlstack.data.access;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileLock;
import java.nio.channels.FileLockInterruptionException;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Keeps who read what in a file: one line of canonical JSON for each read, see {@link
 * AuditedRead#toJson()}.
 *
 * <p>Lines are only ever appended, each as a whole, while the file is locked: several threads and
 * processes may use one file, each with a log of its own. A line that a process could not finish
 * because it was killed stays, on a line of its own. A line that cannot be written is cut off again
 * and fails the read. Lines are with the operating system when the read begins, and forced to the
 * disk by {@link #close()}.
 *
 * <p>Owns the open file. Interrupts do it no harm.
 */
public final class AuditFile implements AuditLog, AutoCloseable {

  private static final long PATIENCE = TimeUnit.MICROSECONDS.toNanos(50);

  private final Path file;
  private final RandomAccessFile in;
  private FileOutputStream out;
  private boolean closed;

  private AuditFile(Path file) throws IOException {
    this.file = file;
    this.out = append(file);
    this.in = new RandomAccessFile(file.toFile(), "r");
  }

  /**
   * Opens a file, which is created if it does not exist. The caller closes it.
   *
   * @throws IOException if it cannot be opened for reading and writing
   */
  public static AuditFile open(Path file) throws IOException {
    return new AuditFile(file);
  }

  private static FileOutputStream append(Path file) throws IOException {
    return new FileOutputStream(file.toFile(), /* append= */ true);
  }

  /**
   * Appends a line.
   *
   * @throws UncheckedIOException if that fails; the file is then as it was
   * @throws IllegalArgumentException if a name is not well-formed UTF-16
   * @throws IllegalStateException if this was closed
   */
  @Override
  public synchronized void record(AuditedRead read) {
    if (closed) {
      throw new IllegalStateException("the audit log " + file + " is closed; open it again");
    }
    String line = read.toJson() + "\n";
    try {
      locked(() -> append(line));
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /** Writes a line; nobody else does meanwhile. */
  private void append(String line) throws IOException {
    long length = in.length();
    String text = isTorn(length) ? "\n" + line : line;
    try {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      try (RandomAccessFile whole = new RandomAccessFile(file.toFile(), "rw")) {
        whole.setLength(length);
      } catch (IOException again) {
        e.addSuppressed(again);
      }
      throw e;
    }
  }

  private boolean isTorn(long length) throws IOException {
    if (length == 0) {
      return false;
    }
    in.seek(length - 1);
    return in.read() != '\n';
  }

  private interface Action {
    void run() throws IOException;
  }

  /** Does something while the file is locked, although the thread may be interrupted. */
  private void locked(Action action) throws IOException {
    boolean interrupted = false;
    try {
      while (true) {
        interrupted |= Thread.interrupted();
        try (FileLock lock = out.getChannel().lock()) {
          if (lock.isValid()) {
            action.run();
            return;
          }
        } catch (OverlappingFileLockException e) {
          LockSupport.parkNanos(PATIENCE); // Another log of this process has the lock.
        } catch (FileLockInterruptionException e) {
          interrupted = true;
        } catch (ClosedByInterruptException e) {
          interrupted = true;
          out.close();
          out = append(file);
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private UncheckedIOException failure(IOException cause) {
    return new UncheckedIOException("cannot write the audit log " + file, cause);
  }

  /**
   * Forces all lines to the disk and closes the file. Closing twice does nothing.
   *
   * @throws UncheckedIOException if that fails
   */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    FileOutputStream last = out;
    try (in;
        last) {
      last.getFD().sync();
    } catch (IOException e) {
      throw failure(e);
    }
  }
}
