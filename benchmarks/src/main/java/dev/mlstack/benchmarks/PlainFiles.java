package dev.mlstack.benchmarks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** What one does without a store: files, forced to the disk one by one. */
final class PlainFiles {

  private final Path directory;
  private int written;

  /** Writes files into a directory. */
  PlainFiles(Path directory) {
    this.directory = directory;
  }

  /** Writes a new file and forces it, but not its name, to the disk. */
  void write(byte[] bytes) throws IOException {
    force(directory.resolve("file" + written++), bytes);
  }

  /**
   * Writes a file as it is to be done if it must be there, whole, after the machine has died:
   * aside, forced, renamed, and the directory forced, too.
   */
  void replace(String name, byte[] bytes) throws IOException {
    Path aside = directory.resolve(name + ".new");
    force(aside, bytes);
    Files.move(aside, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    try (FileChannel channel = FileChannel.open(directory)) {
      channel.force(true);
    }
  }

  /** Does what {@link #replace} does, for a new file. */
  void add(byte[] bytes) throws IOException {
    replace("file" + written++, bytes);
  }

  private static void force(Path file, byte[] bytes) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
    }
  }
}
