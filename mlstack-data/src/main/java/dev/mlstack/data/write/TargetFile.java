package dev.mlstack.data.write;

import dev.mlstack.compute.Execution;
import dev.mlstack.compute.Progress;
import dev.mlstack.table.Dataset;
import dev.mlstack.table.Table;
import dev.mlstack.table.TableReader;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * Writes a dataset into a file: beside it under another name first, forced to the disk, then moved
 * over it in one step. If writing fails or is cancelled, what was there stays.
 */
public final class TargetFile {

  private static final int BUFFER_BYTES = 1 << 18;

  private TargetFile() {}

  /** Writes tables in one format. */
  public interface Format {
    /** Writes a table behind those before. */
    void write(Table table) throws IOException;

    /** Writes what stands behind all tables. */
    void end() throws IOException;
  }

  /** Begins a format on a stream. */
  @FunctionalInterface
  public interface Opener {
    /**
     * Writes what stands before all tables.
     *
     * @param out buffered; not closed
     */
    Format open(OutputStream out) throws IOException;
  }

  /**
   * Writes a dataset.
   *
   * @return how many rows were written
   */
  public static long write(Path path, Dataset rows, Execution execution, Opener opener)
      throws IOException {
    Path target = path.toAbsolutePath();
    Path temporary =
        target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID() + ".tmp");
    try {
      long count;
      try (FileChannel channel =
          FileChannel.open(temporary, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
        OutputStream out =
            new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER_BYTES);
        count = copy("write " + target.getFileName(), rows, execution, opener.open(out));
        out.flush();
        channel.force(/* metaData= */ true);
      }
      move(temporary, target);
      return count;
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  private static long copy(String task, Dataset rows, Execution execution, Format format)
      throws IOException {
    long count = 0;
    try (TableReader reader = rows.open()) {
      execution.checkCancelled(task);
      for (Table table = reader.next(); table != null; table = reader.next()) {
        execution.checkCancelled(task);
        format.write(table);
        count += table.rows();
        execution.report(Progress.of(task, count, rows.rows()));
      }
    }
    format.end();
    return count;
  }

  private static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
