package dev.mlstack.data.read;

import dev.mlstack.data.arrow.ArrowTableBuilder;
import dev.mlstack.table.RejectedRow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;

/** Makes tables of records. For use by one thread at a time. */
final class RowParser {

  /** The most rows of a table. */
  static final int BATCH_ROWS = 1 << 16;

  /** A table ends with the row with which it takes about this many bytes. */
  static final long BATCH_BYTES = 32 << 20;

  /** With this many rows set aside a table ends, too, and so do the rows that are read at once. */
  private static final int MAX_REJECTED = 10_000;

  private static final int VALUE_BYTES = Long.BYTES;
  private static final int MAX_VALUE_LENGTH = 1000;

  private final Layout layout;
  private final boolean tellsOffsets;
  private final boolean ragged;
  private final ArrowTableBuilder builder;
  private final ColumnParser[] parsers;
  private List<RejectedRow> rejected = new ArrayList<>();

  /** Creates a parser. */
  RowParser(Layout layout, Dialect dialect) {
    this.layout = layout;
    this.tellsOffsets = dialect.isUtf8();
    this.ragged = dialect.lines().ragged();
    this.builder = new ArrowTableBuilder(layout.schema());
    this.parsers = new ColumnParser[layout.schema().size()];
    for (int i = 0; i < parsers.length; i++) {
      parsers[i] = ColumnParser.of(builder.column(i), layout.sources().get(i), dialect.notation());
    }
  }

  /**
   * Returns the rows of the records that are left in a reader, or of the first of them.
   *
   * @param allocator gives the memory of the tables
   */
  List<Rows> parse(RecordReader records, BufferAllocator allocator) throws IOException {
    List<Rows> parsed = new ArrayList<>();
    builder.clear();
    try {
      boolean more = true;
      while (more) {
        rejected = new ArrayList<>();
        more = fill(records, parsed, allocator) && rejected.size() < MAX_REJECTED;
      }
      return parsed;
    } catch (IOException | RuntimeException | Error e) {
      parsed.forEach(Rows::close);
      throw e;
    }
  }

  /** Reads the rows of one table; {@code false} if the records end before it is full. */
  private boolean fill(RecordReader records, List<Rows> parsed, BufferAllocator allocator)
      throws IOException {
    long bytes = 0;
    boolean more = true;
    while (more
        && builder.rows() < BATCH_ROWS
        && bytes < BATCH_BYTES
        && rejected.size() < MAX_REJECTED) {
      more = records.next();
      if (more) {
        readRow(records);
      }
      bytes += records.length() + (long) parsers.length * VALUE_BYTES;
    }
    if (builder.rows() > 0 || !rejected.isEmpty()) {
      parsed.add(new Rows(rejected, builder.rows() > 0 ? builder.build(allocator) : null));
    }
    return more;
  }

  private void readRow(RecordReader records) {
    if (records.problem() != null) {
      reject(records, "", "", records.problem());
      return;
    }
    int fields = records.fields().fields();
    if (fields != layout.header().size() && !ragged) {
      String reason = "it has " + fields + " fields where there are " + layout.header().size();
      reject(records, "", "", reason);
      return;
    }
    for (ColumnParser parser : parsers) {
      String problem = parser.parse(records);
      if (problem != null) {
        String column = layout.header().names().get(parser.faulty());
        reject(records, column, bounded(records.fieldText(parser.faulty())), problem);
        return;
      }
    }
    builder.endRow(records.rowId());
  }

  private static String bounded(String value) {
    return value.length() <= MAX_VALUE_LENGTH ? value : value.substring(0, MAX_VALUE_LENGTH) + "…";
  }

  private void reject(RecordReader records, String column, String value, String reason) {
    rejected.add(
        new RejectedRow(
            records.source(),
            records.line(),
            tellsOffsets ? records.offset() : -1,
            column,
            value,
            reason,
            records.text()));
  }
}
