package dev.mlstack.core.expr;

import dev.mlstack.table.Row;
import dev.mlstack.table.Table;

/**
 * An expression of truth values for the rows of one schema. Gives the same for a row alone as for a
 * block of a table. Immutable; safe for use by several threads.
 *
 * <p>Truth values are numbers such that "and" is the lesser of two, "or" the greater, and "not" the
 * other sign.
 */
public abstract class BoundTruth {

  /** True: 1. */
  public static final byte TRUE = 1;

  /** Missing: 0. */
  public static final byte MISSING = 0;

  /** False: -1. */
  public static final byte FALSE = -1;

  /** Created by {@link TruthExpr#bind}. */
  BoundTruth() {}

  /**
   * Returns the value of a row of the schema. Allocates nothing, unless texts are made for it.
   *
   * @return {@link #TRUE}, {@link #FALSE} or {@link #MISSING}
   */
  public abstract byte of(Row row);

  /**
   * Computes the values of {@code count} rows of a table of the schema.
   *
   * @param to takes them
   * @param at the index in {@code to} of the first
   */
  public final void read(Table table, int from, int count, byte[] to, int at) {
    Blocks.forEach(
        table, from, count, (start, size) -> fill(table, start, size, to, at + start - from));
  }

  /** Computes a block of at most {@link Blocks#ROWS} rows. */
  abstract void fill(Table table, int from, int count, byte[] to, int at);

  final byte[] block(Table table, int from, int count) {
    byte[] values = new byte[count];
    fill(table, from, count, values, 0);
    return values;
  }

  static byte of(boolean truth) {
    return truth ? TRUE : FALSE;
  }
}
