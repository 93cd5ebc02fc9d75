package dev.mlstack.core.table;

import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;

/** Which whole numbers a column of type bool, int, date or timestamp can hold. */
final class WholeNumbers {

  private WholeNumbers() {}

  /** Returns the smallest. */
  private static long min(FieldType type) {
    if (type instanceof FieldType.Bool) {
      return 0;
    } else if (type instanceof FieldType.Int integer) {
      return Long.MIN_VALUE >> (Long.SIZE - integer.bits());
    }
    return type instanceof FieldType.Date ? Integer.MIN_VALUE : Long.MIN_VALUE;
  }

  /** Returns the largest. */
  private static long max(FieldType type) {
    return type instanceof FieldType.Bool ? 1 : -1 - min(type);
  }

  /**
   * Checks some values.
   *
   * @throws IllegalArgumentException if the type of the field does not allow one of them
   */
  static void requireIn(Field field, long[] values, int count) {
    long lowest = 0;
    long highest = 0;
    for (int i = 0; i < count; i++) {
      lowest = Math.min(lowest, values[i]);
      highest = Math.max(highest, values[i]);
    }
    requireIn(field, lowest);
    requireIn(field, highest);
  }

  /**
   * Checks a value.
   *
   * @throws IllegalArgumentException if the type of the field does not allow it
   */
  static void requireIn(Field field, long value) {
    if (value < min(field.type()) || value > max(field.type())) {
      throw new IllegalArgumentException(
          "column '"
              + field.name()
              + "' of type "
              + field.type()
              + " cannot hold the number "
              + value);
    }
  }
}
