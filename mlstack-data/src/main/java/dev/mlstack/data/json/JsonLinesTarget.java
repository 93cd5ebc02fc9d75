package dev.mlstack.data.json;

import dev.mlstack.compute.Execution;
import dev.mlstack.compute.Progress;
import dev.mlstack.table.Dataset;
import dev.mlstack.table.Table;
import dev.mlstack.table.TableReader;
import dev.mlstack.table.Target;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;

/**
 * A file of JSON lines that rows are written to: one object for each row, with all columns, in
 * UTF-8. If its name ends with {@code .gz}, it is compressed with gzip.
 *
 * <p>A missing value is {@code null}. Numbers are as short as they can be and still be read as the
 * same double; those that JSON has not are the texts {@code "NaN"}, {@code "Infinity"} and {@code
 * "-Infinity"}. Dates and timestamps are texts (ISO 8601) with years of four digits. Tensors are
 * arrays, nested as their shape says. What was written with a schema is read with it as it was.
 *
 * <p>The file is written beside its place and moved there at the end, so that a failure leaves what
 * was there. Immutable.
 */
public final class JsonLinesTarget implements Target {

  private final Path path;

  JsonLinesTarget(Path path) {
    this.path = path;
  }

  @Override
  public long write(Dataset rows, Execution execution) throws IOException {
    Path target = path.toAbsolutePath();
    Path unfinished =
        target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID() + ".tmp");
    try {
      long written = writeTo(unfinished, rows, execution);
      Files.move(unfinished, target, StandardCopyOption.REPLACE_EXISTING);
      return written;
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }

  private long writeTo(Path file, Dataset rows, Execution execution) throws IOException {
    try (FileOutputStream stored = new FileOutputStream(file.toFile());
        OutputStream out = packed(stored)) {
      long written = write(rows, out, execution);
      out.flush();
      if (out instanceof GZIPOutputStream gzip) {
        gzip.finish();
      }
      stored.getFD().sync();
      return written;
    }
  }

  private OutputStream packed(OutputStream stored) throws IOException {
    return path.toString().endsWith(".gz") ? new GZIPOutputStream(stored) : stored;
  }

  private long write(Dataset rows, OutputStream out, Execution execution) throws IOException {
    String task = "write " + path.getFileName();
    JsonWriter writer = new JsonWriter(out, rows.schema());
    long written = 0;
    try (TableReader reader = rows.open()) {
      for (Table table = reader.next(); table != null; table = reader.next()) {
        execution.checkCancelled(task);
        writer.write(table);
        written += table.rows();
        execution.report(Progress.of(task, written, rows.rows()));
      }
    }
    writer.flush();
    return written;
  }

  /** Returns the path. */
  @Override
  public String toString() {
    return "file " + path;
  }
}
