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
 * A row of plain Java values, one for each field, or {@code null} where it is missing: {@code
 * Boolean} for a bool, {@code Double}, {@code Float} or a whole number for a real, {@code String}
 * or {@code Enum} for a text or a category, {@code LocalDate} for a date, {@code Instant} or {@code
 * LocalDateTime} for a timestamp, {@code float[]} for a tensor. A {@code Long}, {@code Integer},
 * {@code Short} or {@code Byte} can stand for an int and for a bool, date or timestamp as it is
 * counted in tables.
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
    FieldType type = schema.field(field).type();
    Object value = values[field];
    if (type instanceof FieldType.Real && (value instanceof Double || value instanceof Float)) {
      return ((Number) value).doubleValue();
    } else if (type instanceof FieldType.Real && isWhole(value)) {
      return ((Number) value).longValue();
    } else if (value == null && (type instanceof FieldType.Real || isWhole(type))) {
      return Double.NaN;
    } else if (isWhole(type)) {
      return integer(field);
    }
    throw wrong(field, "a number");
  }

  private static boolean isWhole(@Nullable Object value) {
    return value instanceof Long
        || value instanceof Integer
        || value instanceof Short
        || value instanceof Byte;
  }

  private static boolean isWhole(FieldType type) {
    return type instanceof FieldType.Bool
        || type instanceof FieldType.Int
        || type instanceof FieldType.Date
        || type instanceof FieldType.Timestamp;
  }

  @Override
  public long integer(int field) {
    FieldType type = schema.field(field).type();
    Object value = values[field];
    if (!isWhole(type)) {
      throw wrong(field, "a whole number");
    } else if (value == null) {
      return 0;
    } else if (isWhole(value)) {
      return ((Number) value).longValue();
    } else if (value instanceof Boolean flag && type instanceof FieldType.Bool) {
      return flag ? 1 : 0;
    } else if (value instanceof LocalDate date && type instanceof FieldType.Date) {
      return date.toEpochDay();
    }
    return micros(field, type, value);
  }

  private long micros(int field, FieldType type, Object value) {
    try {
      if (value instanceof Instant instant && type.equals(FieldType.INSTANT)) {
        return FieldType.Timestamp.micros(instant);
      } else if (value instanceof LocalDateTime time && type.equals(FieldType.LOCAL_DATE_TIME)) {
        return FieldType.Timestamp.micros(time);
      }
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(wrong(field, type.toString()).getMessage(), e);
    }
    throw wrong(field, "a whole number");
  }

  @Override
  public @Nullable String text(int field) {
    FieldType type = schema.field(field).type();
    Object value = values[field];
    boolean textual = type instanceof FieldType.Text || type instanceof FieldType.Category;
    if (textual && (value == null || value instanceof String)) {
      return (String) value;
    } else if (textual && value instanceof Enum<?> constant) {
      return constant.name();
    }
    throw wrong(field, "text");
  }

  @Override
  public void tensor(int field, float[] to, int at) {
    if (!(schema.field(field).type() instanceof FieldType.Tensor tensor)) {
      throw wrong(field, "a tensor");
    }
    Object value = values[field];
    if (value == null) {
      Arrays.fill(to, at, at + tensor.size(), Float.NaN);
      return;
    }
    if (!(value instanceof float[] numbers)) {
      throw wrong(field, "a tensor");
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
