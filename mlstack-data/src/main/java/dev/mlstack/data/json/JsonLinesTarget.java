package dev.mlstack.data.json;

import dev.mlstack.compute.Execution;
import dev.mlstack.data.write.TargetFile;
import dev.mlstack.schema.Schema;
import dev.mlstack.table.Dataset;
import dev.mlstack.table.Table;
import dev.mlstack.table.Target;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
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
    return TargetFile.write(path, rows, execution, out -> new Lines(packed(out), rows.schema()));
  }

  private OutputStream packed(OutputStream out) throws IOException {
    return path.toString().endsWith(".gz") ? new GZIPOutputStream(out) : out;
  }

  /** The lines of all tables. */
  private static final class Lines implements TargetFile.Format {
    private final OutputStream out;
    private final JsonWriter writer;

    Lines(OutputStream out, Schema schema) {
      this.out = out;
      this.writer = new JsonWriter(out, schema);
    }

    @Override
    public void write(Table table) throws IOException {
      writer.write(table);
    }

    @Override
    public void end() throws IOException {
      writer.flush();
      if (out instanceof GZIPOutputStream gzip) {
        gzip.finish();
      }
    }
  }

  /** Returns the path. */
  @Override
  public String toString() {
    return "file " + path;
  }
}
