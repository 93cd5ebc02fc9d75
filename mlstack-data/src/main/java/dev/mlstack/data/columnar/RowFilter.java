package dev.mlstack.data.columnar;

import dev.mlstack.data.arrow.ArrowTable;
import dev.mlstack.data.arrow.ArrowTableBuilder;
import dev.mlstack.data.internal.CellText;
import dev.mlstack.schema.Schema;
import dev.mlstack.table.RejectedRow;
import java.util.BitSet;
import java.util.function.Consumer;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/** Sets rows with bad values aside. */
final class RowFilter {

  private final String source;
  private final Schema schema;
  private final RejectedLimit limit;

  RowFilter(String source, Schema schema, RejectedLimit limit) {
    this.source = source;
    this.schema = schema;
    this.limit = limit;
  }

  /** Checks at the end that not too many were bad. */
  void end(long rows) {
    limit.end(source, rows);
  }

  /**
   * Returns the rows without bad values.
   *
   * @param all closed here
   */
  ArrowTable filter(
      ArrowTable all,
      BadValues[] bads,
      Consumer<? super RejectedRow> rejected,
      BufferAllocator allocator) {
    try (all) {
      BitSet badRows = new BitSet(all.rows());
      for (BadValues bad : bads) {
        bad.all().forEach(value -> badRows.set(value.row()));
      }
      for (int row = badRows.nextSetBit(0); row >= 0; row = badRows.nextSetBit(row + 1)) {
        RejectedRow rejectedRow = describe(all, bads, row);
        rejected.accept(rejectedRow);
        limit.add(rejectedRow);
      }
      return good(all, badRows, allocator);
    }
  }

  private RejectedRow describe(ArrowTable all, BadValues[] bads, int row) {
    for (int i = 0; i < bads.length; i++) {
      BadValues.@Nullable BadValue value =
          bads[i].all().stream().filter(bad -> bad.row() == row).findFirst().orElse(null);
      if (value != null) {
        String text = CellText.ofRow(all, row);
        return new RejectedRow(
            source,
            all.rowId(row),
            -1,
            schema.field(i).name(),
            value.value(),
            value.reason(),
            text);
      }
    }
    throw new IllegalArgumentException("row " + row + " is not bad");
  }

  private ArrowTable good(ArrowTable all, BitSet badRows, BufferAllocator allocator) {
    long[] ids = new long[all.rows()];
    for (int row = 0; row < ids.length; row++) {
      ids[row] = all.rowId(row);
    }
    ArrowTableBuilder builder = new ArrowTableBuilder(schema);
    int from = badRows.nextClearBit(0);
    while (from < all.rows()) {
      int next = badRows.nextSetBit(from);
      int to = next < 0 ? all.rows() : next;
      builder.append(all, from, to - from, ids, from);
      from = badRows.nextClearBit(to);
    }
    return builder.build(allocator);
  }
}
