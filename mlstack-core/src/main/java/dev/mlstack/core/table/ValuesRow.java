package dev.mlstack.core.table;

import dev.mlstack.schema.FieldType;
import dev.mlstack.schema.Schema;
import dev.mlstack.table.Row;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A row of plain Java values, one for each field: {@code Boolean}, {@code Number}, {@code String},
 * {@code Enum}, {@code LocalDate}, {@code Instant}, {@code LocalDateTime}, {@code float[]}, or
 * {@code null} where it is missing.
 */
public final class ValuesRow implements Row {

  private final Schema schema;
  private final @Nullable Object[] values;

  private ValuesRow(Schema schema, @Nullable Object[] values) {
    this.schema = schema;
    this.values = values;
  }

  /**
   * Returns a row.
   *
   * @param values as many as the schema has fields; not copied
   */
  public static ValuesRow of(Schema schema, @Nullable Object... values) {
    if (values.length != schema.size()) {
      throw new IllegalArgumentException(
          "a row of this schema has " + schema.size() + " values but was given " + values.length);
    }
    return new ValuesRow(schema, values);
  }

  @Override
  public Schema schema() {
    return schema;
  }

  @Override
  public boolean isNull(int field) {
    return values[field] == null;
  }

  @Override
  public double number(int field) {
    Object value = values[field];
    if (value instanceof Double || value instanceof Float) {
      return ((Number) value).doubleValue();
    }
    return value == null ? requireNumeric(field) : integer(field);
  }

  private double requireNumeric(int field) {
    FieldType type = schema.field(field).type();
    if (type instanceof FieldType.Text
        || type instanceof FieldType.Category
        || type instanceof FieldType.Tensor) {
      throw wrong(field, "a number");
    }
    return Double.NaN;
  }

  @Override
  public long integer(int field) {
    Object value = values[field];
    if (value == null) {
      return 0;
    } else if (value instanceof Boolean flag) {
      return flag ? 1 : 0;
    } else if (value instanceof LocalDate date) {
      return date.toEpochDay();
    } else if (value instanceof Instant instant) {
      return FieldType.Timestamp.micros(instant);
    } else if (value instanceof LocalDateTime time) {
      return FieldType.Timestamp.micros(time);
    } else if (value instanceof Number number
        && !(value instanceof Double)
        && !(value instanceof Float)) {
      return number.longValue();
    }
    throw wrong(field, "a whole number");
  }

  @Override
  public @Nullable String text(int field) {
    Object value = values[field];
    if (value == null || value instanceof String) {
      return (String) value;
    } else if (value instanceof Enum<?> constant) {
      return constant.name();
    }
    throw wrong(field, "text");
  }

  @Override
  public void tensor(int field, float[] to, int at) {
    if (!(schema.field(field).type() instanceof FieldType.Tensor tensor)) {
      throw wrong(field, "a tensor");
    }
    if (!(values[field] instanceof float[] numbers)) {
      Arrays.fill(to, at, at + tensor.size(), Float.NaN);
      return;
    }
    if (numbers.length != tensor.size()) {
      throw new IllegalArgumentException(
          "column '"
              + schema.field(field).name()
              + "' has "
              + tensor.size()
              + " numbers but the row has "
              + numbers.length);
    }
    System.arraycopy(numbers, 0, to, at, numbers.length);
  }

  private IllegalArgumentException wrong(int field, String as) {
    return new IllegalArgumentException(
        "column '"
            + schema.field(field).name()
            + "' has the value "
            + values[field]
            + ", which cannot be read as "
            + as);
  }

  /** Returns the values. */
  @Override
  public String toString() {
    return Arrays.toString(values);
  }
}
