package dev.mlstack.data.arrow;

import dev.mlstack.schema.FieldType;

/** How many bytes a value takes. */
final class Widths {

  private Widths() {}

  /**
   * Returns the bytes of a value of type bool (1, as it is collected), int, real, date or
   * timestamp.
   */
  static int of(FieldType type) {
    if (type instanceof FieldType.Bool) {
      return 1;
    } else if (type instanceof FieldType.Int integer) {
      return integer.bits() / Byte.SIZE;
    } else if (type instanceof FieldType.Real real) {
      return real.bits() / Byte.SIZE;
    }
    return type instanceof FieldType.Date ? Integer.BYTES : Long.BYTES;
  }
}
