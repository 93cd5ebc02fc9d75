package dev.mlstack.data.version;

import dev.mlstack.core.table.MemoryTable;
import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.schema.Role;
import dev.mlstack.schema.Schema;
import dev.mlstack.table.RejectedRow;
import dev.mlstack.table.Table;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;

/**
 * Writes the rows that are set aside as a snapshot of its own, in the order of their lines.
 *
 * <p>They come in windows, each of whose lines lie behind all of the one before; within a window
 * they come in any order.
 */
final class RejectedRows {

  /** The columns of rows that were set aside. */
  static final Schema SCHEMA =
      Schema.of(
          note("source", FieldType.TEXT).required(),
          note("line", FieldType.INT64).required(),
          note("offset", FieldType.INT64),
          note("column", FieldType.TEXT),
          note("value", FieldType.TEXT),
          note("reason", FieldType.TEXT).required(),
          note("text", FieldType.TEXT).required());

  /** The columns that may quote any value of a row. */
  static final List<String> QUOTES = List.of("value", "reason", "text");

  private final SnapshotWriter writer;
  private final RowIdentities identities = RowIdentities.of(SCHEMA);
  private final List<RejectedRow> window = new ArrayList<>();
  private long count;

  RejectedRows(SnapshotWriter writer) {
    this.writer = writer;
  }

  private static Field note(String name, FieldType type) {
    return Field.of(name, type).withRole(Role.NOTE);
  }

  void add(RejectedRow row) {
    window.add(row);
    count++;
  }

  long count() {
    return count;
  }

  /** Writes the rows of the window and begins another. */
  void endWindow() {
    if (window.isEmpty()) {
      return;
    }
    window.sort(Comparator.comparingLong(RejectedRow::line));
    Table table = table(window);
    window.clear();
    long[] ids = identities.of(table, new BitSet(), (row, line) -> {});
    writer.append(table, 0, table.rows(), ids);
  }

  /** Returns rows that were set aside as a table. */
  static MemoryTable table(List<RejectedRow> rows) {
    MemoryTable.Builder table = MemoryTable.builder(SCHEMA);
    for (RejectedRow row : rows) {
      boolean whole = row.column().isEmpty();
      table.add(
          row.line(),
          row.source(),
          row.line(),
          row.offset() < 0 ? null : row.offset(),
          whole ? null : row.column(),
          whole ? null : row.value(),
          row.reason(),
          row.text());
    }
    return table.build();
  }
}
