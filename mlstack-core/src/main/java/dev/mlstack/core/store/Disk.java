package dev.mlstack.core.store;

import dev.mlstack.store.StoreException;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the file system does for stores, and how its failures are told. */
final class Disk {

  private static final long FULL = 1 << 20;

  private Disk() {}

  /** Input or output that an interrupt may end too early. */
  @FunctionalInterface
  interface Access<T> {
    T get() throws IOException;
  }

  /**
   * Does something with a channel although the thread is interrupted. An interrupt closes a channel
   * that is in use; then {@code access} is tried again, and the thread stays interrupted.
   */
  static <T> T uninterrupted(Access<T> access) throws IOException {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return access.get();
        } catch (ClosedByInterruptException e) {
          interrupted |= Thread.interrupted();
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Makes the entries of a directory durable, where the platform knows such a thing. */
  static void force(Path directory) throws IOException {
    uninterrupted(
        () -> {
          try (FileChannel channel = open(directory)) {
            if (channel != null) {
              channel.force(true);
            }
          }
          return directory;
        });
  }

  /** Opens a directory; returns null where directories cannot be opened, as on Windows. */
  private static @Nullable FileChannel open(Path directory) throws IOException {
    try {
      return FileChannel.open(directory, StandardOpenOption.READ);
    } catch (AccessDeniedException e) {
      return null;
    }
  }

  /** Returns the files of a directory whose names end with {@code suffix}, in no order. */
  static List<Path> files(Path directory, String suffix) throws IOException {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        if (nameOf(entry).endsWith(suffix)) {
          files.add(entry);
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return files;
  }

  /** Returns the name of a file without the directories that it is in. */
  static String nameOf(Path file) {
    Path name = file.getFileName();
    return name == null ? "" : name.toString();
  }

  /** Returns a name that was never used before: 32 hexadecimal digits. */
  static String newName() {
    return UUID.randomUUID().toString().replace("-", "");
  }

  /** Makes sure that a directory exists, or says why it cannot. */
  static void requireDirectory(Path directory) throws IOException {
    try {
      Files.createDirectories(directory);
    } catch (FileAlreadyExistsException e) {
      throw new IOException(
          "cannot use " + directory + ": it is a file; name a directory, or one to be created", e);
    } catch (IOException e) {
      throw new IOException(sentence("create the directory " + directory, directory, e), e);
    }
  }

  /**
   * Returns the exception for a failure of the disk.
   *
   * @param what what was to be done, such as {@code read the store at /data}
   * @param where the file or directory with which it was to be done
   */
  static StoreException failure(String what, Path where, IOException cause) {
    return new StoreException(sentence(what, where, cause), cause);
  }

  /** Returns one sentence that says what failed, why, and what to do about it. */
  static String sentence(String what, Path where, IOException cause) {
    return "cannot " + what + ": " + reason(cause) + "; " + advice(where, cause);
  }

  private static String reason(IOException cause) {
    if (cause instanceof NoSuchFileException) {
      return "it does not exist";
    }
    if (cause instanceof AccessDeniedException) {
      return "permission denied";
    }
    String reason =
        cause instanceof FileSystemException failure ? failure.getReason() : cause.getMessage();
    return reason == null ? cause.getClass().getSimpleName() : reason;
  }

  /** Looks at the disk rather than at the message, which may be in any language. */
  private static String advice(Path where, IOException cause) {
    Path place = existing(where);
    try {
      FileStore disk = Files.getFileStore(place);
      if (disk.isReadOnly()) {
        return "mount that disk for writing or use another directory";
      }
      if (cause instanceof AccessDeniedException || !Files.isWritable(place)) {
        return "let the user of this process write there or use another directory";
      }
      if (disk.getUsableSpace() < FULL) {
        return "free space on that disk and try again";
      }
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
    return "check that disk, its space, and the permissions and limits of this user";
  }

  private static Path existing(Path where) {
    Path place = where.toAbsolutePath();
    while (!Files.exists(place) && place.getParent() != null) {
      place = place.getParent();
    }
    return place;
  }
}
