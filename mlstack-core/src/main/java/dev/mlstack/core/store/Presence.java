package dev.mlstack.core.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Proof that one who opened a directory is still there: a file that it keeps locked. The lock ends
 * when it closes the directory or when its process dies, however that happens. Temporary files and
 * leases carry the identity of their owner in their names, so everybody can tell which are
 * abandoned.
 *
 * <p>A lock belongs to the process, and some systems drop it as soon as the process closes
 * <em>any</em> channel on the locked file. So no process ever opens a lock file of its own a second
 * time. It knows them by their names, which begin with the process.
 *
 * <p>Nothing is written before the first identity is asked for, so that one who only reads can do
 * so on a disk that cannot be written. Safe for use by several threads.
 */
final class Presence implements AutoCloseable {

  private static final String LOCK = ".lock";
  private static final char END_OF_OWNER = '-';
  private static final String PROCESS = process(ProcessHandle.current());

  private final Path directory;
  private @Nullable Announced announced;
  private long files;

  private record Announced(String id, Path file, FileLock lock) {}

  /**
   * Creates a presence that nobody knows of yet.
   *
   * @param directory where all who opened the same thing keep their lock files
   */
  Presence(Path directory) {
    this.directory = directory;
  }

  private static String process(ProcessHandle handle) {
    long start = handle.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    return handle.pid() + "." + start + ".";
  }

  /** Returns a file in {@code parent} that belongs to this presence. No such file exists yet. */
  synchronized Path newFile(Path parent, String suffix) throws IOException {
    if (announced == null) {
      announced = announce();
    }
    return parent.resolve(announced.id() + END_OF_OWNER + files++ + suffix);
  }

  private Announced announce() throws IOException {
    while (true) {
      String id = PROCESS + Disk.newName();
      Path file = directory.resolve(id + LOCK);
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      // Whoever clears up may have found the new file before it was locked, and taken it away.
      FileLock lock = tryLock(channel);
      if (lock != null && Files.exists(file)) {
        return new Announced(id, file, lock);
      }
      channel.close();
      Files.deleteIfExists(file);
    }
  }

  /** Never waits, so that an interrupt has nothing to end. */
  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  /**
   * Tells whether the owner of a file is gone for good. When in doubt, it is not.
   *
   * @param file a file that {@link #newFile} named, here or elsewhere
   */
  boolean isAbandoned(Path file) {
    String name = Disk.nameOf(file);
    int end = name.indexOf(END_OF_OWNER);
    return end > 0 && isGone(name.substring(0, end));
  }

  private boolean isGone(String id) {
    Path file = directory.resolve(id + LOCK);
    if (id.startsWith(PROCESS)) {
      return Files.notExists(file);
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      if (tryLock(channel) == null) {
        return false;
      }
      Files.deleteIfExists(file);
      return true;
    } catch (NoSuchFileException e) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Deletes what those left who are gone, as far as that is possible. */
  void clear(Path... parents) {
    try {
      for (Path parent : parents) {
        for (Path file : Disk.files(parent, "")) {
          if (isAbandoned(file)) {
            Files.deleteIfExists(file);
          }
        }
      }
      for (Path file : Disk.files(directory, LOCK)) {
        String name = Disk.nameOf(file);
        isGone(name.substring(0, name.length() - LOCK.length()));
      }
    } catch (IOException e) {
      // Left-overs do no harm. Who may not delete them leaves them to others.
      return;
    }
  }

  /** Ends the presence. Files that it has named must be gone. */
  @Override
  public synchronized void close() throws IOException {
    if (announced != null) {
      Announced last = announced;
      announced = null;
      Files.deleteIfExists(last.file());
      last.lock().acquiredBy().close();
    }
  }
}
