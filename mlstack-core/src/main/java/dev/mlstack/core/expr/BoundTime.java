package dev.mlstack.core.expr;

import dev.mlstack.table.Row;
import dev.mlstack.table.Table;

/**
 * An expression of times for the rows of one schema, in microseconds since 1970-01-01T00:00. Gives
 * the same for a row alone as for a block of a table. Immutable; safe for use by several threads.
 */
public final class BoundTime {

  private final BoundLong values;

  BoundTime(BoundLong values) {
    this.values = values;
  }

  /** Tells whether the value of a row of the schema is missing. */
  public boolean isMissing(Row row) {
    return values.isMissing(row);
  }

  /** Returns the value of a row of the schema; 0 if it is missing. Allocates nothing. */
  public long of(Row row) {
    return values.isMissing(row) ? 0 : values.of(row);
  }

  /**
   * Computes the values of {@code count} rows of a table of the schema.
   *
   * @param to takes them, 0 where missing
   * @param missing takes which are missing
   * @param at the index in both of the first
   */
  public void read(Table table, int from, int count, long[] to, boolean[] missing, int at) {
    Blocks.forEach(
        table,
        from,
        count,
        (start, size) -> {
          BoundLong.Block block = values.block(table, start, size);
          System.arraycopy(block.values(), 0, to, at + start - from, size);
          System.arraycopy(block.missing(), 0, missing, at + start - from, size);
        });
  }
}
