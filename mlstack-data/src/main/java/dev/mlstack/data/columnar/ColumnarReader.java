package dev.mlstack.data.columnar;

import dev.mlstack.compute.Execution;
import dev.mlstack.compute.Progress;
import dev.mlstack.data.arrow.Allocators;
import dev.mlstack.data.arrow.ArrowTable;
import dev.mlstack.data.arrow.ColumnBuffers;
import dev.mlstack.schema.Field;
import dev.mlstack.schema.Schema;
import dev.mlstack.table.RejectedRow;
import dev.mlstack.table.Source;
import dev.mlstack.table.SourceReader;
import dev.mlstack.table.Table;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/**
 * Reads a file of columns into Arrow tables of up to {@link #BATCH_ROWS} rows.
 *
 * <p>Owns the file, an allocator, and the table that it gave last.
 */
final class ColumnarReader implements SourceReader {

  /** The most rows of a table. */
  static final int BATCH_ROWS = 1 << 16;

  /** The values of a table should take about this many bytes at most. */
  static final long BATCH_BYTES = 64L << 20;

  private final ColumnarFile file;
  private final Projection projection;
  private final Consumer<? super RejectedRow> rejected;
  private final RowFilter filter;
  private final Execution execution;
  private final BufferAllocator allocator;
  private final RawColumn[] raws;
  private final BadValues[] bads;

  private int batchRows;
  private long position;
  private @Nullable ArrowTable table;
  private Source.@Nullable Origin origin;
  private boolean ended;
  private boolean closed;

  /**
   * Creates a reader.
   *
   * @param file owned, unless this fails
   */
  ColumnarReader(
      ColumnarFile file,
      Projection projection,
      RejectedLimit limit,
      Consumer<? super RejectedRow> rejected,
      Execution execution,
      @Nullable BufferAllocator parent) {
    this.file = file;
    this.projection = projection;
    this.rejected = rejected;
    this.execution = execution;
    this.filter = new RowFilter(file.name(), projection.schema(), limit);
    int columns = projection.sources().length;
    this.raws = new RawColumn[columns];
    this.bads = new BadValues[columns];
    Arrays.setAll(raws, i -> new RawColumn());
    Arrays.setAll(bads, i -> new BadValues());
    this.batchRows = rowsFor(file.rowBytes());
    this.allocator = Allocators.open(parent, "read " + file.name());
  }

  private static int rowsFor(long rowBytes) {
    return (int) Math.max(1, Math.min(BATCH_ROWS, BATCH_BYTES / Math.max(1, rowBytes)));
  }

  @Override
  public String name() {
    return file.name();
  }

  @Override
  public Schema schema() {
    return projection.schema();
  }

  @Override
  public @Nullable Table next() {
    freeTable();
    if (closed || ended) {
      return null;
    }
    try {
      ArrowTable read = read();
      while (read != null && read.rows() == 0) {
        read.close();
        read = read();
      }
      table = read;
      ended = read == null;
      return read;
    } catch (IOException e) {
      throw new UncheckedIOException(file.name() + " cannot be read: " + e.getMessage(), e);
    }
  }

  private @Nullable ArrowTable read() throws IOException {
    String task = "read " + file.name();
    execution.checkCancelled(task);
    int rows = Damage.guard(file.name(), () -> file.nextRows(batchRows));
    if (rows == 0) {
      filter.end(position);
      return null;
    }
    ArrowTable all = convert(rows);
    position += rows;
    execution.report(Progress.of(task, position, file.rows()));
    return all;
  }

  private ArrowTable convert(int rows) throws IOException {
    ColumnBuffers[] buffers = new ColumnBuffers[raws.length];
    Tasks.run(execution, raws.length, i -> buffers[i] = convert(i, rows));
    long bytes = 0;
    for (int i = 0; i < buffers.length; i++) {
      bytes += buffers[i].bytes(projection.schema().field(i), rows);
    }
    batchRows = rowsFor((bytes + rows - 1) / rows);
    long[] ids = new long[rows];
    Arrays.setAll(ids, row -> position + row + 1);
    ArrowTable all = ArrowTable.copyOf(projection.schema(), ids, List.of(buffers), allocator);
    return isGood() ? all : filter.filter(all, bads, rejected, allocator);
  }

  private ColumnBuffers convert(int column, int rows) throws IOException {
    RawColumn raw = raws[column];
    BadValues bad = bads[column];
    bad.clear();
    Field field = projection.schema().field(column);
    ColumnBuffers buffers =
        Damage.guard(
            file.name() + ", column '" + field.name() + "'",
            () -> {
              file.read(projection.sources()[column], raw);
              return projection.conversions().get(column).convert(raw, bad);
            });
    for (Map.Entry<Integer, String> flaw : raw.flaws().entrySet()) {
      bad.add(flaw.getKey(), "", flaw.getValue());
    }
    if (!field.nullable() && buffers.nulls() > 0) {
      for (int row = 0; row < rows; row++) {
        if (!raw.isPresent(row)) {
          bad.add(row, "", BadValues.MISSING);
        }
      }
    }
    return buffers;
  }

  private boolean isGood() {
    return Arrays.stream(bads).allMatch(bad -> bad.all().isEmpty());
  }

  @Override
  public Source.Origin origin() {
    if (!ended) {
      throw new IllegalStateException("the origin is known when all rows have been read");
    }
    try {
      if (origin == null) {
        origin = file.origin();
      }
      return origin;
    } catch (IOException e) {
      throw new UncheckedIOException(file.name() + " cannot be read: " + e.getMessage(), e);
    }
  }

  private void freeTable() {
    if (table != null) {
      table.close();
      table = null;
    }
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    freeTable();
    allocator.close();
    try {
      file.close();
    } catch (IOException e) {
      throw new UncheckedIOException(file.name() + " cannot be closed: " + e.getMessage(), e);
    }
  }
}
