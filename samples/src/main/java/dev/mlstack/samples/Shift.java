package dev.mlstack.samples;

import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.schema.Role;
import dev.mlstack.schema.Schema;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Something that goes wrong in production: one feature is suddenly other than it was. A number is
 * shifted by half of the range that it had; a text or a truth value is always the same; all numbers
 * of a tensor become 0.
 */
final class Shift {

  private final Schema schema;
  private final int field;
  private final double by;
  private final @Nullable Object constant;

  private Shift(Schema schema, int field, double by, @Nullable Object constant) {
    this.schema = schema;
    this.field = field;
    this.by = by;
    this.constant = constant;
  }

  /**
   * Returns a shift of the feature that has the most different values.
   *
   * @param rows how it was, at least one row
   */
  static Shift of(Schema schema, List<@Nullable Object[]> rows) {
    int chosen = 0;
    int most = -1;
    for (int i = 0; i < schema.size(); i++) {
      int different = schema.field(i).role() == Role.FEATURE ? different(rows, i) : -1;
      if (different > most) {
        chosen = i;
        most = different;
      }
    }
    return new Shift(schema, chosen, halfRange(rows, chosen), firstOf(rows, chosen));
  }

  private static int different(List<@Nullable Object[]> rows, int field) {
    Set<Object> values = new HashSet<>();
    for (@Nullable Object[] row : rows) {
      if (row[field] != null) {
        values.add(row[field]);
      }
    }
    return values.size();
  }

  private static double halfRange(List<@Nullable Object[]> rows, int field) {
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;
    for (@Nullable Object[] row : rows) {
      if (row[field] instanceof Number number) {
        min = Math.min(min, number.doubleValue());
        max = Math.max(max, number.doubleValue());
      }
    }
    return min < max ? (max - min) / 2 : 1;
  }

  private static @Nullable Object firstOf(List<@Nullable Object[]> rows, int field) {
    return rows.stream().map(row -> row[field]).filter(Objects::nonNull).findFirst().orElse(null);
  }

  /** Returns the name of the feature. */
  String column() {
    return schema.field(field).name();
  }

  /** Returns a row with the feature shifted. */
  @Nullable Object[] apply(@Nullable Object[] row) {
    @Nullable Object[] shifted = row.clone();
    Field shiftedField = schema.field(field);
    Object value = row[field];
    if (value == null) {
      return shifted;
    } else if (shiftedField.type() instanceof FieldType.Bool) {
      shifted[field] = constant;
    } else if (value instanceof Double number) {
      shifted[field] = number + by;
    } else if (value instanceof Long number) {
      shifted[field] = number + Math.max(1, Math.round(by));
    } else if (value instanceof float[] numbers) {
      shifted[field] = new float[numbers.length];
    } else {
      shifted[field] = constant;
    }
    return shifted;
  }

  /** Returns what is shifted and how. */
  @Override
  public String toString() {
    FieldType type = schema.field(field).type();
    boolean isNumber = type instanceof FieldType.Real || type instanceof FieldType.Int;
    return column() + (isNumber ? " shifted by half of its range" : " always the same");
  }
}
