package dev.mlstack.data.read;

import dev.mlstack.data.arrow.Allocators;
import dev.mlstack.data.arrow.ArrowTable;
import dev.mlstack.data.arrow.ArrowTableBuilder;
import dev.mlstack.data.internal.InputMeter;
import dev.mlstack.data.internal.RejectLimit;
import dev.mlstack.data.internal.TextCoding;
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
 * Reads a file into Arrow tables of up to {@link #BATCH_ROWS} rows.
 *
 * <p>Owns the file, an allocator, and the table that it gave last.
 */
final class CsvReader implements SourceReader {

  /** The most rows of a table. */
  static final int BATCH_ROWS = 1 << 16;

  /** A table ends with the row with which it takes about this many bytes. */
  static final long BATCH_BYTES = 32 << 20;

  private static final int VALUE_BYTES = Long.BYTES;
  private static final int MAX_VALUE_LENGTH = 1000;

  private final CsvInput input;
  private final InputMeter meter;
  private final RecordReader records;
  private final Layout layout;
  private final long firstOffset;
  private final ArrowTableBuilder builder;
  private final ColumnParser[] parsers;
  private final RejectLimit limit;
  private final Consumer<? super RejectedRow> rejected;
  private final BufferAllocator allocator;

  private @Nullable ArrowTable table;
  private Source.@Nullable Origin origin;
  private long rows;
  private boolean ended;
  private boolean closed;

  /**
   * Creates a reader.
   *
   * @param text the open file; owned, unless this fails
   * @param meter what measures it
   */
  CsvReader(
      CsvInput input,
      InputMeter meter,
      TextCoding.Open text,
      Layout layout,
      RejectLimit limit,
      Consumer<? super RejectedRow> rejected,
      @Nullable BufferAllocator parent)
      throws IOException {
    this.input = input;
    this.meter = meter;
    this.layout = layout;
    this.limit = limit;
    this.rejected = rejected;
    this.records = input.records(text);
    this.firstOffset = input.dialect().isUtf8() ? text.offset() : -1;
    this.builder = new ArrowTableBuilder(layout.schema());
    this.parsers = new ColumnParser[layout.schema().size()];
    Notation notation = input.dialect().notation();
    for (int i = 0; i < parsers.length; i++) {
      parsers[i] = ColumnParser.of(builder.column(i), layout.sources().get(i), notation);
    }
    if (input.dialect().header()) {
      records.next();
    }
    this.allocator = Allocators.open(parent, "read " + input.name());
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
    if (closed) {
      return null;
    }
    try {
      if (origin == null) {
        fill();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(input.name() + " cannot be read: " + e.getMessage(), e);
    }
    if (builder.rows() == 0) {
      ended = true;
      return null;
    }
    rows += builder.rows();
    table = builder.build(allocator);
    return table;
  }

  private void fill() throws IOException {
    long bytes = 0;
    while (builder.rows() < BATCH_ROWS && bytes < BATCH_BYTES) {
      if (!records.next()) {
        end();
        return;
      }
      readRow();
      bytes += records.length() + (long) parsers.length * VALUE_BYTES;
    }
  }

  private void readRow() {
    if (records.problem() != null) {
      reject("", "", records.problem());
      return;
    }
    int fields = records.fields().fields();
    if (fields != layout.header().size()) {
      reject("", "", "it has " + fields + " fields where there are " + layout.header().size());
      return;
    }
    for (ColumnParser parser : parsers) {
      String problem = parser.parse(records);
      if (problem != null) {
        String column = layout.header().names().get(parser.faulty());
        reject(column, bounded(records.fieldText(parser.faulty())), problem);
        return;
      }
    }
    builder.endRow(records.line());
  }

  private static String bounded(String value) {
    return value.length() <= MAX_VALUE_LENGTH ? value : value.substring(0, MAX_VALUE_LENGTH) + "…";
  }

  private void reject(String column, String value, String reason) {
    long offset = firstOffset < 0 ? -1 : firstOffset + records.offset();
    RejectedRow row =
        new RejectedRow(
            input.name(), records.line(), offset, column, value, reason, records.text());
    rejected.accept(row);
    limit.add(row);
  }

  private void end() throws IOException {
    long all = rows + builder.rows();
    if (all + limit.count() == 0) {
      throw new DataException(
          input.name() + " has " + (input.dialect().header() ? "a header but " : "") + "no rows");
    }
    limit.end(all);
    input.requireUnchanged();
    origin = new Source.Origin(input.name(), meter.count(), meter.digest());
  }

  @Override
  public Source.Origin origin() {
    if (origin == null || !ended) {
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
    freeTable();
    allocator.close();
    try {
      records.close();
    } catch (IOException e) {
      throw new UncheckedIOException(input.name() + " cannot be closed: " + e.getMessage(), e);
    }
  }
}
