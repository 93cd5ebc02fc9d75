package dev.mlstack.table;

import dev.mlstack.schema.FieldType;
import dev.mlstack.schema.Schema;
import org.jspecify.annotations.Nullable;

/**
 * One row, read field by field.
 *
 * <p>Fields are addressed by their index in {@link #schema()}. Reading a field as something that
 * its type is not throws {@code IllegalArgumentException}. A row is borrowed from whoever gave it.
 */
public interface Row {

  /** Returns the schema of this row. */
  Schema schema();

  /** Tells whether the value of a field is missing. */
  boolean isNull(int field);

  /**
   * Returns a number, a truth value (0 or 1), a date (days) or a timestamp (microseconds) as a
   * double; NaN if it is missing.
   */
  double number(int field);

  /** Returns a whole number, a truth value, a date or a timestamp; 0 if it is missing. */
  long integer(int field);

  /** Returns a text or a category; {@code null} if it is missing. */
  @Nullable String text(int field);

  /**
   * Copies a tensor, the last dimension fastest.
   *
   * @param field a field of type {@link FieldType.Tensor}
   * @param to takes {@link FieldType.Tensor#size()} numbers, NaN each if the tensor is missing
   * @param at the index in {@code to} of the first
   */
  void tensor(int field, float[] to, int at);
}
