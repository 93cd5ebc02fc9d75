package dev.mlstack.samples;

import dev.mlstack.schema.FieldType;
import dev.mlstack.schema.Role;
import dev.mlstack.schema.Schema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something that goes wrong in production: one feature is suddenly other than it was. A number or a
 * time is shifted by half of the range that it had; a text or a truth value is always the one that
 * was rare; all numbers of a tensor become 0.
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
   * Returns a shift of the number that has the most different values. Without numbers, it is one of
   * a tensor, or else of the text or truth value that has the fewest, but two.
   *
   * @param rows how it was, at least one row
   */
  static Shift of(Schema schema, List<@Nullable Object[]> rows) {
    int chosen = 0;
    int best = -1;
    for (int i = 0; i < schema.size(); i++) {
      int fitness = schema.field(i).role() == Role.FEATURE ? fitness(schema, rows, i) : -1;
      if (fitness > best) {
        chosen = i;
        best = fitness;
      }
    }
    return new Shift(schema, chosen, halfRange(rows, chosen), rarest(rows, chosen));
  }

  /** Returns how well a shift of a feature can be seen. */
  private static int fitness(Schema schema, List<@Nullable Object[]> rows, int field) {
    int different = frequencies(rows, field).size();
    if (different < 2) {
      return 0;
    }
    return isNumber(schema.field(field).type()) ? rows.size() + different : rows.size() - different;
  }

  private static boolean isNumber(FieldType type) {
    return !(type instanceof FieldType.Text
        || type instanceof FieldType.Category
        || type instanceof FieldType.Bool);
  }

  private static Map<Object, Integer> frequencies(List<@Nullable Object[]> rows, int field) {
    Map<Object, Integer> frequencies = new LinkedHashMap<>();
    for (@Nullable Object[] row : rows) {
      Object value = row[field];
      if (value != null) {
        frequencies.merge(value, 1, Integer::sum);
      }
    }
    return frequencies;
  }

  private static double halfRange(List<@Nullable Object[]> rows, int field) {
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;
    for (@Nullable Object[] row : rows) {
      if (row[field] instanceof Number number && Double.isFinite(number.doubleValue())) {
        min = Math.min(min, number.doubleValue());
        max = Math.max(max, number.doubleValue());
      }
    }
    return min < max ? (max - min) / 2 : 1;
  }

  private static @Nullable Object rarest(List<@Nullable Object[]> rows, int field) {
    return frequencies(rows, field).entrySet().stream()
        .min(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey)
        .orElse(null);
  }

  /** Returns the name of the feature. */
  String column() {
    return schema.field(field).name();
  }

  /** Returns a row with the feature shifted. */
  @Nullable Object[] apply(@Nullable Object[] row) {
    @Nullable Object[] shifted = row.clone();
    Object value = row[field];
    FieldType type = schema.field(field).type();
    if (value == null) {
      return shifted;
    } else if (!isNumber(type)) {
      shifted[field] = constant;
    } else if (value instanceof Double number) {
      shifted[field] = number + by;
    } else if (value instanceof Long number) {
      shifted[field] = Math.round(number + Math.max(1, by));
    } else if (value instanceof float[] numbers) {
      shifted[field] = new float[numbers.length];
    }
    return shifted;
  }

  /** Returns what is shifted and how. */
  @Override
  public String toString() {
    FieldType type = schema.field(field).type();
    boolean isAlwaysTheSame = !isNumber(type) || type instanceof FieldType.Tensor;
    return column() + (isAlwaysTheSame ? " always the same" : " shifted by half of its range");
  }
}
