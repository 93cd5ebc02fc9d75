package dev.mlstack.table;

import dev.mlstack.schema.Field;

/** Makes the exception for reading a field as something that its type is not. */
final class WrongAccess {

  private WrongAccess() {}

  static IllegalArgumentException of(Field field, String as) {
    return new IllegalArgumentException(
        "column '"
            + field.name()
            + "' is of type "
            + field.type()
            + " and cannot be read as "
            + as);
  }
}
