package dev.mlstack.data.transform;

import dev.mlstack.schema.FieldType;
import java.util.Locale;

/** The kinds of columns that a plan can be for. Every type is of exactly one. */
enum Group {
  NUMERIC,
  TEMPORAL,
  CATEGORICAL,
  TENSORS;

  /** Returns the group that a type is of. */
  static Group of(FieldType type) {
    if (type.isNumeric()) {
      return NUMERIC;
    } else if (type instanceof FieldType.Date || type instanceof FieldType.Timestamp) {
      return TEMPORAL;
    }
    return type instanceof FieldType.Tensor ? TENSORS : CATEGORICAL;
  }

  /** Returns the method of {@link Features} that takes a column of the group by name. */
  String byName() {
    return this == TEMPORAL ? NUMERIC.toString() : toString();
  }

  /** Returns the method of {@link Features} that takes all columns of the group. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
