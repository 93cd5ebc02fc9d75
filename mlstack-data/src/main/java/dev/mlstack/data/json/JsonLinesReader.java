package dev.mlstack.data.json;

import dev.mlstack.compute.Execution;
import dev.mlstack.data.arrow.Allocators;
import dev.mlstack.data.internal.Input;
import dev.mlstack.data.internal.InputMeter;
import dev.mlstack.data.internal.OrderedPipeline;
import dev.mlstack.data.internal.RejectLimit;
import dev.mlstack.schema.Schema;
import dev.mlstack.table.DataException;
import dev.mlstack.table.RejectedRow;
import dev.mlstack.table.Source;
import dev.mlstack.table.SourceReader;
import dev.mlstack.table.Table;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/**
 * Reads lines into Arrow tables, one for each piece that has rows.
 *
 * <p>Owns the pieces, an allocator, and the table that it gave last.
 */
final class JsonLinesReader implements SourceReader {

  private final String name;
  private final JsonColumns columns;
  private final List<Input> inputs;
  private final InputMeter meter;
  private final LineChunks chunks;
  private final RejectLimit limit;
  private final Consumer<? super RejectedRow> rejected;
  private final BufferAllocator allocator;
  private final OrderedPipeline<LineChunk, ParsedChunk> pipeline;
  private final Queue<LineParser> parsers = new ConcurrentLinkedQueue<>();

  private @Nullable ParsedChunk current;
  private Source.@Nullable Origin origin;
  private long rows;
  private boolean closed;

  /** Creates a reader, which takes over the pieces. */
  JsonLinesReader(
      JsonLinesSettings settings,
      JsonColumns columns,
      List<Input> inputs,
      Consumer<? super RejectedRow> rejected,
      Execution execution) {
    this.name = settings.inputs().name();
    this.columns = columns;
    this.inputs = inputs;
    this.meter = settings.meter("read", inputs, /* hashing= */ true, execution);
    this.chunks = settings.chunks(inputs, meter);
    this.limit = new RejectLimit(name, settings.maxRejected());
    this.rejected = rejected;
    this.allocator = Allocators.open(settings.allocator(), "read " + name);
    this.pipeline = new OrderedPipeline<>(chunks::next, this::parse, ParsedChunk::close, execution);
  }

  private ParsedChunk parse(LineChunk chunk) {
    LineParser spare = parsers.poll();
    LineParser parser = spare == null ? new LineParser(columns) : spare;
    ParsedChunk parsed = parser.parse(chunk, allocator);
    parsers.add(parser);
    chunks.recycle(chunk);
    return parsed;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Schema schema() {
    return columns.schema();
  }

  @Override
  public @Nullable Table next() {
    freeTable();
    if (closed || origin != null) {
      return null;
    }
    try {
      while (true) {
        current = pipeline.next();
        if (current == null) {
          end();
          return null;
        }
        for (RejectedRow row : current.rejected()) {
          rejected.accept(row);
          limit.add(row);
        }
        rows += current.rows();
        if (current.table() != null) {
          return current.table();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(name + " cannot be read: " + e.getMessage(), e);
    }
  }

  private void end() throws IOException {
    if (rows + limit.count() == 0) {
      throw new DataException(name + " has no rows");
    }
    limit.end(rows);
    for (Input input : inputs) {
      input.requireUnchanged();
    }
    origin = new Source.Origin(name, meter.count(), meter.digest());
  }

  @Override
  public Source.Origin origin() {
    if (origin == null) {
      throw new IllegalStateException("the origin is known when all rows have been read");
    }
    return origin;
  }

  private void freeTable() {
    if (current != null) {
      current.close();
      current = null;
    }
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    freeTable();
    pipeline.close();
    allocator.close();
    try {
      chunks.close();
    } catch (IOException e) {
      throw new UncheckedIOException(name + " cannot be closed: " + e.getMessage(), e);
    }
  }
}
