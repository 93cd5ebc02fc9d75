package dev.mlstack.feature;

import dev.mlstack.table.Row;

/**
 * Encodes one row at a time; made by {@link FittedPipeline#encoder} for the rows of one schema.
 *
 * <p>Immutable and safe for use by several threads. Encoding allocates nothing, apart from the text
 * of a whole number that is read as a text and is none of the categories of its column.
 */
public interface RowEncoder {

  /** Returns how many numbers a row is encoded to. */
  int width();

  /**
   * Encodes a row, to the same bits as {@link FittedPipeline#apply}.
   *
   * @param row a row of the schema that this encoder was made for
   * @param to takes {@link #width()} numbers
   * @param at the index in {@code to} of the first
   * @throws IllegalArgumentException if the row is of another schema
   */
  void encode(Row row, float[] to, int at);
}
