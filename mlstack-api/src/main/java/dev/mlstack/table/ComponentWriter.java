package dev.mlstack.table;

import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Makes the value of one component of a record from a row. */
final class ComponentWriter {

  private final RecordComponent component;
  private final Field field;
  private final Class<?> valueType;
  private final Map<String, Object> constants;

  private ComponentWriter(RecordComponent component, Field field, Class<?> valueType) {
    this.component = component;
    this.field = field;
    this.valueType = valueType;
    this.constants = new HashMap<>();
    if (valueType.isEnum()) {
      for (Object constant : valueType.getEnumConstants()) {
        constants.put(((Enum<?>) constant).name(), constant);
      }
    }
  }

  static ComponentWriter of(RecordComponent component, Field field) {
    Class<?> type = component.getType();
    if (type == Optional.class) {
      type =
          (Class<?>) ((ParameterizedType) component.getGenericType()).getActualTypeArguments()[0];
    }
    return new ComponentWriter(component, field, type);
  }

  /** Returns what the constructor of the record takes. */
  @Nullable Object value(Row row, int index) {
    Class<?> type = component.getType();
    boolean missing = row.isNull(index);
    if (type == OptionalDouble.class) {
      return missing ? OptionalDouble.empty() : OptionalDouble.of(row.number(index));
    } else if (type == OptionalLong.class) {
      return missing ? OptionalLong.empty() : OptionalLong.of(row.integer(index));
    } else if (type == OptionalInt.class) {
      return missing ? OptionalInt.empty() : OptionalInt.of((int) fitting(row.integer(index)));
    } else if (type == Optional.class) {
      return missing ? Optional.empty() : Optional.of(present(row, index));
    }
    if (missing && !field.nullable()) {
      throw new IllegalArgumentException(
          "column '"
              + field.name()
              + "' has no value here, but component '"
              + component.getName()
              + "' of "
              + component.getDeclaringRecord().getName()
              + " needs one; make it an Optional or a boxed type");
    }
    return missing ? null : present(row, index);
  }

  private Object present(Row row, int index) {
    FieldType type = field.type();
    if (type instanceof FieldType.Text || type instanceof FieldType.Category) {
      return text(Objects.requireNonNull(row.text(index)));
    } else if (type instanceof FieldType.Real real) {
      return real.bits() == 32 ? (Object) (float) row.number(index) : row.number(index);
    } else if (type instanceof FieldType.Tensor tensor) {
      float[] values = new float[tensor.size()];
      row.tensor(index, values, 0);
      return values;
    }
    return whole(row.integer(index));
  }

  private Object text(String text) {
    if (!valueType.isEnum()) {
      return text;
    }
    Object constant = constants.get(text);
    if (constant == null) {
      throw new IllegalArgumentException(
          "column '"
              + field.name()
              + "' has the value '"
              + text
              + "', which is none of "
              + Arrays.toString(valueType.getEnumConstants()));
    }
    return constant;
  }

  private Object whole(long number) {
    if (valueType == LocalDate.class) {
      return LocalDate.ofEpochDay(number);
    } else if (valueType == Instant.class) {
      return FieldType.Timestamp.instant(number);
    } else if (valueType == LocalDateTime.class) {
      return FieldType.Timestamp.dateTime(number);
    }
    return primitive(fitting(number));
  }

  private Object primitive(long number) {
    if (valueType == boolean.class || valueType == Boolean.class) {
      return number != 0;
    } else if (valueType == long.class || valueType == Long.class) {
      return number;
    } else if (valueType == int.class || valueType == Integer.class) {
      return (int) number;
    } else if (valueType == short.class || valueType == Short.class) {
      return (short) number;
    }
    return (byte) number;
  }

  /** Checks a number that may come from a column of a wider type than the component. */
  private long fitting(long number) {
    boolean fits =
        field.type() instanceof FieldType.Int type ? type.contains(number) : (number >>> 1) == 0;
    if (!fits) {
      throw new IllegalArgumentException(
          "column '"
              + field.name()
              + "' has the value "
              + number
              + ", which component '"
              + component.getName()
              + "' of "
              + component.getDeclaringRecord().getName()
              + " cannot hold: it is "
              + field.type());
    }
    return number;
  }
}
