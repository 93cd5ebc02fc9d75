package dev.mlstack.data.internal;

import dev.mlstack.compute.Execution;
import dev.mlstack.compute.Progress;
import dev.mlstack.data.arrow.Allocators;
import dev.mlstack.data.arrow.ArrowTable;
import dev.mlstack.data.arrow.ArrowTableBuilder;
import dev.mlstack.schema.Schema;
import dev.mlstack.table.DataException;
import dev.mlstack.table.RejectedRow;
import dev.mlstack.table.Source;
import dev.mlstack.table.SourceReader;
import dev.mlstack.table.Table;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Consumer;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/**
 * Reads rows that come one by one into Arrow tables of up to {@link #BATCH_ROWS} rows. The identity
 * of a row is its position, from 1. The origin is that of the rows, see {@link RowsHasher}.
 *
 * <p>Owns an allocator and the table that it gave last.
 */
public abstract class RowsReader implements SourceReader {

  /** The most rows of a table. */
  public static final int BATCH_ROWS = 1 << 16;

  /** A table ends with the row with which it takes about this many bytes. */
  public static final long BATCH_BYTES = 32 << 20;

  private static final int MAX_VALUE_LENGTH = 1000;
  private static final long UNKNOWN_OFFSET = -1;

  private final String name;
  private final String task;
  private final Schema schema;
  private final ArrowTableBuilder builder;
  private final CellWriter[] cells;
  private final RejectLimit limit;
  private final Consumer<? super RejectedRow> rejected;
  private final Execution execution;
  private final RowsHasher hasher;
  private final BufferAllocator allocator;

  private @Nullable ArrowTable table;
  private Source.@Nullable Origin origin;
  private long position;
  private long rows;
  private boolean atEnd;
  private boolean closed;

  /**
   * Creates a reader.
   *
   * @param name what people call the source
   * @param parent accounts for the memory
   */
  protected RowsReader(
      String name,
      Schema schema,
      RejectLimit limit,
      Consumer<? super RejectedRow> rejected,
      Execution execution,
      @Nullable BufferAllocator parent) {
    this.name = name;
    this.task = "read " + name;
    this.schema = schema;
    this.limit = limit;
    this.rejected = rejected;
    this.execution = execution;
    this.builder = new ArrowTableBuilder(schema);
    this.cells = new CellWriter[schema.size()];
    for (int i = 0; i < cells.length; i++) {
      cells[i] = CellWriter.of(builder.column(i));
    }
    this.hasher = new RowsHasher(schema);
    this.allocator = Allocators.open(parent, task);
  }

  /** Moves to the next row; {@code false} at the end. */
  protected abstract boolean advance() throws IOException;

  /**
   * Takes the value that the current row has for a column.
   *
   * @return what is wrong with it, {@code null} if nothing is
   */
  protected abstract @Nullable String read(int column, CellWriter cell) throws IOException;

  /** Returns the value that the current row has for a column, for people. */
  protected abstract String valueText(int column);

  /** Returns the current row, for people. */
  protected abstract String rowText();

  /** Closes what the rows come from. */
  protected abstract void release();

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final Schema schema() {
    return schema;
  }

  @Override
  public final @Nullable Table next() {
    freeTable();
    if (closed) {
      return null;
    }
    if (!atEnd) {
      try {
        fill();
      } catch (IOException e) {
        throw new UncheckedIOException(name + " cannot be read: " + e.getMessage(), e);
      }
    }
    if (builder.rows() == 0) {
      origin = origin == null ? new Source.Origin(name, hasher.bytes(), hasher.digest()) : origin;
      return null;
    }
    rows += builder.rows();
    table = builder.build(allocator);
    hasher.add(table);
    execution.report(Progress.of(task, position, Progress.UNKNOWN));
    return table;
  }

  private void fill() throws IOException {
    while (builder.rows() < BATCH_ROWS && builder.bytes() < BATCH_BYTES) {
      execution.checkCancelled(task);
      if (!advance()) {
        end();
        return;
      }
      position++;
      readRow();
    }
  }

  private void readRow() throws IOException {
    for (int i = 0; i < cells.length; i++) {
      String problem = read(i, cells[i]);
      if (problem != null) {
        reject(schema.field(i).name(), bounded(valueText(i)), problem);
        return;
      }
    }
    builder.endRow(position);
  }

  private static String bounded(String value) {
    return value.length() <= MAX_VALUE_LENGTH ? value : value.substring(0, MAX_VALUE_LENGTH) + "…";
  }

  private void reject(String column, String value, String reason) {
    RejectedRow row =
        new RejectedRow(name, position, UNKNOWN_OFFSET, column, value, reason, rowText());
    hasher.add(row);
    rejected.accept(row);
    limit.add(row);
  }

  private void end() {
    if (position == 0) {
      throw new DataException(name + " has no rows");
    }
    limit.end(rows + builder.rows());
    atEnd = true;
  }

  @Override
  public final Source.Origin origin() {
    if (origin == null) {
      throw new IllegalStateException("the origin is known when all rows have been read");
    }
    return origin;
  }

  private void freeTable() {
    if (table != null) {
      table.close();
      table = null;
    }
  }

  @Override
  public final void close() {
    if (closed) {
      return;
    }
    closed = true;
    freeTable();
    allocator.close();
    release();
  }
}
