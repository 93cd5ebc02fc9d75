package dev.mlstack.core.expr;

import dev.mlstack.table.Row;
import dev.mlstack.table.Table;
import org.jspecify.annotations.Nullable;

/**
 * An expression of texts for the rows of one schema. Gives the same for a row alone as for a block
 * of a table. Immutable; safe for use by several threads.
 */
public abstract class BoundText {

  /** Created by {@link TextExpr#bind}. */
  BoundText() {}

  /** Returns the value of a row of the schema; {@code null} if it is missing. */
  public abstract @Nullable String of(Row row);

  /**
   * Computes the values of {@code count} rows of a table of the schema.
   *
   * @param to takes them, {@code null} where missing
   * @param at the index in {@code to} of the first
   */
  public final void read(Table table, int from, int count, @Nullable String[] to, int at) {
    Blocks.forEach(
        table, from, count, (start, size) -> fill(table, start, size, to, at + start - from));
  }

  /** Computes a block of at most {@link Blocks#ROWS} rows. */
  abstract void fill(Table table, int from, int count, @Nullable String[] to, int at);

  final @Nullable String[] block(Table table, int from, int count) {
    @Nullable String[] values = new String[count];
    fill(table, from, count, values, 0);
    return values;
  }
}
