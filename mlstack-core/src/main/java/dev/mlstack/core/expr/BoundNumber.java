package dev.mlstack.core.expr;

import dev.mlstack.table.Row;
import dev.mlstack.table.Table;

/**
 * An expression of numbers for the rows of one schema. Gives the same bits for a row alone as for a
 * block of a table. Immutable; safe for use by several threads.
 */
public abstract class BoundNumber {

  /** Created by {@link NumberExpr#bind}. */
  BoundNumber() {}

  /** Returns the value of a row of the schema; NaN if it is missing. Allocates nothing. */
  public abstract double of(Row row);

  /**
   * Computes the values of {@code count} rows of a table of the schema.
   *
   * @param to takes them, NaN where missing
   * @param at the index in {@code to} of the first
   */
  public final void read(Table table, int from, int count, double[] to, int at) {
    Blocks.forEach(
        table, from, count, (start, size) -> fill(table, start, size, to, at + start - from));
  }

  /** Computes a block of at most {@link Blocks#ROWS} rows. */
  abstract void fill(Table table, int from, int count, double[] to, int at);

  final double[] block(Table table, int from, int count) {
    double[] values = new double[count];
    fill(table, from, count, values, 0);
    return values;
  }
}
