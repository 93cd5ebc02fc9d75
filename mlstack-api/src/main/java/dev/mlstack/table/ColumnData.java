package dev.mlstack.table;

import dev.mlstack.schema.Field;

/**
 * The values of one field in one table. Which of the five forms a field has follows from its type.
 *
 * <p>Bulk reads copy {@code count} values of the rows from {@code from} into an array at {@code
 * at}; they throw {@code IndexOutOfBoundsException} if rows or array are too short. Columns are
 * borrowed with their table, and safe for use by several threads.
 */
public sealed interface ColumnData
    permits LongColumn, DoubleColumn, TextColumn, CategoryColumn, TensorColumn {

  /** Returns the field. */
  Field field();

  /** Returns how many rows there are. */
  int rows();

  /** Tells whether the value of a row is missing. */
  boolean isNull(int row);

  /** Tells whether any value may be missing; {@code false} lets readers skip looking. */
  boolean hasNulls();

  /** Tells for each of {@code count} rows whether its value is missing. */
  default void readNulls(int from, int count, boolean[] to, int at) {
    boolean some = hasNulls();
    for (int i = 0; i < count; i++) {
      to[at + i] = some && isNull(from + i);
    }
  }
}
