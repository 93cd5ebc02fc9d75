package dev.mlstack.data.read;

import dev.mlstack.compute.Execution;
import dev.mlstack.data.arrow.Allocators;
import dev.mlstack.data.arrow.ArrowTable;
import dev.mlstack.data.internal.InputMeter;
import dev.mlstack.data.internal.RejectLimit;
import dev.mlstack.schema.Schema;
import dev.mlstack.table.DataException;
import dev.mlstack.table.RejectedRow;
import dev.mlstack.table.Source;
import dev.mlstack.table.SourceReader;
import dev.mlstack.table.Table;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/**
 * Reads an input into Arrow tables of up to {@link RowParser#BATCH_ROWS} rows. Threads of the
 * execution parse ahead of the table that was given last.
 *
 * <p>Owns the open input, an allocator, and all tables that were made.
 */
final class CsvReader implements SourceReader {

  private final CsvInput input;
  private final InputMeter meter;
  private final Layout layout;
  private final RejectLimit limit;
  private final Consumer<? super RejectedRow> rejected;
  private final BufferAllocator allocator;
  private final Queue<RowParser> parsers = new ConcurrentLinkedQueue<>();
  private final RecordPipeline<List<Rows>> pipeline;
  private final Queue<Rows> ready = new ArrayDeque<>();

  private @Nullable ArrowTable table;
  private Source.@Nullable Origin origin;
  private long rows;
  private boolean closed;

  /**
   * Creates a reader. Opens nothing until it is asked for a table.
   *
   * @param parent accounts for the memory
   * @param chunkBytes how much one thread parses at a time
   */
  CsvReader(
      CsvInput input,
      Layout layout,
      RejectLimit limit,
      Consumer<? super RejectedRow> rejected,
      @Nullable BufferAllocator parent,
      Execution execution,
      int chunkBytes) {
    this.input = input;
    this.meter = input.meter("read", /* hashing= */ true, execution);
    this.layout = layout;
    this.limit = limit;
    this.rejected = rejected;
    this.allocator = Allocators.open(parent, "read " + input.name());
    ChunkReader chunks =
        new ChunkReader(input, meter, layout.header(), /* counting= */ true, chunkBytes);
    this.pipeline =
        new RecordPipeline<>(
            input, chunks, this::parse, parsed -> parsed.forEach(Rows::close), execution);
  }

  /** Called by several threads at once. */
  private List<Rows> parse(RecordReader records) throws IOException {
    RowParser parser = parsers.poll();
    if (parser == null) {
      parser = new RowParser(layout, input.dialect());
    }
    List<Rows> parsed = parser.parse(records, allocator);
    parsers.add(parser);
    return parsed;
  }

  @Override
  public String name() {
    return input.name();
  }

  @Override
  public Schema schema() {
    return layout.schema();
  }

  @Override
  public @Nullable Table next() {
    freeTable();
    if (closed || origin != null) {
      return null;
    }
    try {
      while (table == null && advance()) {
        // Rows that were set aside may have no table behind them.
      }
    } catch (IOException e) {
      throw new UncheckedIOException(input.name() + " cannot be read: " + e.getMessage(), e);
    }
    return table;
  }

  /** Goes on to the next rows; {@code false} if there are none. */
  private boolean advance() throws IOException {
    Rows next = ready.peek();
    if (next == null) {
      List<Rows> parsed = pipeline.next();
      if (parsed == null) {
        end();
        return false;
      }
      ready.addAll(parsed);
      return true;
    }
    for (RejectedRow row : next.rejected()) {
      rejected.accept(row);
      limit.add(row);
    }
    ready.remove();
    table = next.table();
    rows += table == null ? 0 : table.rows();
    return true;
  }

  private void end() throws IOException {
    if (rows + limit.count() == 0) {
      throw new DataException(
          input.name() + " has " + (input.dialect().header() ? "a header but " : "") + "no rows");
    }
    limit.end(rows);
    input.requireUnchanged();
    origin = new Source.Origin(input.name(), meter.count(), meter.digest());
  }

  @Override
  public Source.Origin origin() {
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
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      pipeline.close();
    } catch (IOException e) {
      throw new UncheckedIOException(input.name() + " cannot be closed: " + e.getMessage(), e);
    } finally {
      freeTable();
      ready.forEach(Rows::close);
      allocator.close();
    }
  }
}
