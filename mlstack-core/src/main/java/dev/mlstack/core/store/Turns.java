package dev.mlstack.core.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Lets all who opened a directory, in this process and in others, do something one at a time.
 *
 * <p>Who wants a turn puts a file of its own into the directory and then looks at what is there. It
 * has the turn if no other file is there whose owner lives. Of two who were there at once, at least
 * the later one sees the other, so never do both have the turn. If they see each other, the one
 * whose file has the lower random name waits, and the other steps back and comes again under a new
 * name. The death of a process ends its turn.
 */
final class Turns {

  private static final long FIRST_WAIT_NANOS = 50_000;
  private static final long LONGEST_WAIT_NANOS = 5_000_000;

  private final Presence presence;
  private final Path directory;
  private final String suffix;

  /**
   * Creates a queue.
   *
   * @param directory where the files are put
   * @param suffix the end of their names; turns of different suffixes are independent
   */
  Turns(Presence presence, Path directory, String suffix) {
    this.presence = presence;
    this.directory = directory;
    this.suffix = suffix;
  }

  /** A turn that was taken. Closing it lets the next one go on. */
  interface Turn extends AutoCloseable {
    @Override
    void close() throws IOException;
  }

  /**
   * Waits for a turn.
   *
   * @param beforeWaiting called again and again before each wait; throws to give up
   */
  Turn take(Runnable beforeWaiting) throws IOException {
    long wait = FIRST_WAIT_NANOS;
    while (true) {
      String rank = Disk.newName();
      Path own = presence.newFile(directory, "." + rank + suffix);
      try {
        Files.createFile(own);
        if (waitAtTheHead(own, rank, beforeWaiting)) {
          Path taken = own;
          own = null;
          return () -> Files.delete(taken);
        }
      } finally {
        if (own != null) {
          Files.deleteIfExists(own);
        }
      }
      beforeWaiting.run();
      LockSupport.parkNanos(wait / 2 + Math.floorMod(rank.hashCode(), wait));
      wait = Math.min(2 * wait, LONGEST_WAIT_NANOS);
    }
  }

  /** Returns whether the turn came; if not, somebody goes first and we must step back. */
  private boolean waitAtTheHead(Path own, String rank, Runnable beforeWaiting) throws IOException {
    while (true) {
      String lowest = lowestOfOthers(own);
      if (lowest == null) {
        return true;
      }
      if (lowest.compareTo(rank) < 0) {
        return false;
      }
      beforeWaiting.run();
      LockSupport.parkNanos(FIRST_WAIT_NANOS);
    }
  }

  private @Nullable String lowestOfOthers(Path own) throws IOException {
    String lowest = null;
    for (Path other : Disk.files(directory, suffix)) {
      if (other.equals(own)) {
        continue;
      }
      if (presence.isAbandoned(other)) {
        Files.deleteIfExists(other);
        continue;
      }
      String rank = rankOf(other);
      if (lowest == null || rank.compareTo(lowest) < 0) {
        lowest = rank;
      }
    }
    return lowest;
  }

  /** Returns what stands between the last dot before the suffix and the suffix. */
  private String rankOf(Path file) {
    String name = Disk.nameOf(file);
    String stem = name.substring(0, name.length() - suffix.length());
    return stem.substring(stem.lastIndexOf('.') + 1);
  }
}
