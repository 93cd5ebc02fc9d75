package dev.mlstack.core.profile;

import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.table.ColumnData;
import dev.mlstack.table.Row;

/**
 * Profiles one column, a block of rows at a time. What it comes to depends on the multiset of rows
 * alone. Not safe for use by several threads at once.
 */
interface ColumnTally {

  /** The greatest number of rows in a block: 1,024. */
  int BLOCK = RealSums.BLOCK;

  /**
   * Begins with no row.
   *
   * @param scratch shared by all columns of a thread
   */
  static ColumnTally of(Field field, RealSums.Scratch scratch) {
    FieldType type = field.type();
    if (type instanceof FieldType.Text) {
      return new TextTally(field);
    } else if (type instanceof FieldType.Category) {
      return new CategoryTally(field);
    } else if (Keys.of(type) == Keys.WHOLE) {
      return new WholeTally(field);
    }
    return new RealTally(field, scratch);
  }

  /** Reads a block of rows, at most {@link #BLOCK}, in place of what was read before. */
  void read(ColumnData column, int from, int count);

  /**
   * Reads the value of one row.
   *
   * @param index how many rows of the block there are before it
   */
  void read(Row row, int field, int index);

  /**
   * Adds the block of {@code count} rows that was read.
   *
   * @param levels the sampling level of each row of the block
   * @param from the index in {@code levels} of the first
   */
  void add(int count, byte[] levels, int from);

  /** Returns the profile of what was added. */
  ColumnProfile profile();
}
