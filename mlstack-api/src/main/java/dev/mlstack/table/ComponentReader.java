package dev.mlstack.table;

import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Reads one component of a record as the column that it is. */
abstract class ComponentReader {

  private final Field field;

  ComponentReader(Field field) {
    this.field = field;
  }

  static ComponentReader of(RecordComponent component, Field field, MethodHandle accessor) {
    Class<?> type = component.getType();
    if (type == double.class || type == float.class) {
      return new Reals(field, accessor.asType(MethodType.methodType(double.class, Object.class)));
    } else if (type == boolean.class) {
      return new Flags(field, accessor.asType(MethodType.methodType(boolean.class, Object.class)));
    } else if (type.isPrimitive()) {
      return new Wholes(field, accessor.asType(MethodType.methodType(long.class, Object.class)));
    }
    return new Objects(field, accessor.asType(MethodType.methodType(Object.class, Object.class)));
  }

  abstract boolean isNull(Object record);

  double number(Object record) {
    throw WrongAccess.of(field, "a number");
  }

  long integer(Object record) {
    throw WrongAccess.of(field, "a whole number");
  }

  @Nullable String text(Object record) {
    throw WrongAccess.of(field, "text");
  }

  void tensor(Object record, float[] to, int at) {
    throw WrongAccess.of(field, "a tensor");
  }

  final Field field() {
    return field;
  }

  /** A component of type double or float. */
  private static final class Reals extends ComponentReader {
    private final MethodHandle accessor;

    Reals(Field field, MethodHandle accessor) {
      super(field);
      this.accessor = accessor;
    }

    @Override
    boolean isNull(Object record) {
      return false;
    }

    @Override
    double number(Object record) {
      try {
        return (double) accessor.invokeExact(record);
      } catch (Throwable e) {
        throw Handles.unchecked(e);
      }
    }
  }

  /** A component of type byte, short, int or long. */
  private static final class Wholes extends ComponentReader {
    private final MethodHandle accessor;

    Wholes(Field field, MethodHandle accessor) {
      super(field);
      this.accessor = accessor;
    }

    @Override
    boolean isNull(Object record) {
      return false;
    }

    @Override
    double number(Object record) {
      return integer(record);
    }

    @Override
    long integer(Object record) {
      try {
        return (long) accessor.invokeExact(record);
      } catch (Throwable e) {
        throw Handles.unchecked(e);
      }
    }
  }

  /** A component of type boolean. */
  private static final class Flags extends ComponentReader {
    private final MethodHandle accessor;

    Flags(Field field, MethodHandle accessor) {
      super(field);
      this.accessor = accessor;
    }

    @Override
    boolean isNull(Object record) {
      return false;
    }

    @Override
    double number(Object record) {
      return integer(record);
    }

    @Override
    long integer(Object record) {
      try {
        return (boolean) accessor.invokeExact(record) ? 1 : 0;
      } catch (Throwable e) {
        throw Handles.unchecked(e);
      }
    }
  }

  /** A component that is an object, and may be {@code null} or an empty optional. */
  private static final class Objects extends ComponentReader {
    private final MethodHandle accessor;

    Objects(Field field, MethodHandle accessor) {
      super(field);
      this.accessor = accessor;
    }

    /** Returns what the record has, in its optional if it is one. */
    private @Nullable Object wrapped(Object record) {
      try {
        return accessor.invokeExact(record);
      } catch (Throwable e) {
        throw Handles.unchecked(e);
      }
    }

    private @Nullable Object value(Object record) {
      Object wrapped = wrapped(record);
      return wrapped instanceof Optional<?> optional ? optional.orElse(null) : wrapped;
    }

    @Override
    boolean isNull(Object record) {
      return isNone(wrapped(record));
    }

    private static boolean isNone(@Nullable Object wrapped) {
      if (wrapped instanceof OptionalDouble optional) {
        return optional.isEmpty();
      } else if (wrapped instanceof OptionalLong optional) {
        return optional.isEmpty();
      } else if (wrapped instanceof OptionalInt optional) {
        return optional.isEmpty();
      }
      return wrapped == null || (wrapped instanceof Optional<?> optional && optional.isEmpty());
    }

    @Override
    double number(Object record) {
      boolean real = field().type() instanceof FieldType.Real;
      if (!real && !isWhole()) {
        return super.number(record);
      }
      Object wrapped = wrapped(record);
      if (wrapped == null || isNone(wrapped)) {
        return Double.NaN;
      }
      return real ? real(wrapped) : whole(wrapped);
    }

    @Override
    long integer(Object record) {
      if (!isWhole()) {
        return super.integer(record);
      }
      Object wrapped = wrapped(record);
      return wrapped == null || isNone(wrapped) ? 0 : whole(wrapped);
    }

    private boolean isWhole() {
      FieldType type = field().type();
      return type instanceof FieldType.Bool
          || type instanceof FieldType.Int
          || type instanceof FieldType.Date
          || type instanceof FieldType.Timestamp;
    }

    /** Returns a number that is there; an optional one is not put into a box on the way. */
    private static double real(Object wrapped) {
      if (wrapped instanceof OptionalDouble optional) {
        return optional.getAsDouble();
      }
      Object value = wrapped instanceof Optional<?> optional ? optional.get() : wrapped;
      return ((Number) value).doubleValue();
    }

    private static long whole(Object wrapped) {
      if (wrapped instanceof OptionalLong optional) {
        return optional.getAsLong();
      } else if (wrapped instanceof OptionalInt optional) {
        return optional.getAsInt();
      }
      return wholeOf(wrapped instanceof Optional<?> optional ? optional.get() : wrapped);
    }

    private static long wholeOf(Object value) {
      if (value instanceof Boolean flag) {
        return flag ? 1 : 0;
      } else if (value instanceof LocalDate date) {
        return date.toEpochDay();
      } else if (value instanceof Instant instant) {
        return FieldType.Timestamp.micros(instant);
      } else if (value instanceof LocalDateTime time) {
        return FieldType.Timestamp.micros(time);
      }
      return ((Number) value).longValue();
    }

    @Override
    @Nullable String text(Object record) {
      FieldType type = field().type();
      if (!(type instanceof FieldType.Text) && !(type instanceof FieldType.Category)) {
        return super.text(record);
      }
      Object value = value(record);
      return value instanceof Enum<?> constant ? constant.name() : (String) value;
    }

    @Override
    void tensor(Object record, float[] to, int at) {
      if (!(field().type() instanceof FieldType.Tensor tensor)) {
        super.tensor(record, to, at);
        return;
      }
      float[] values = (float[]) value(record);
      if (values == null) {
        Arrays.fill(to, at, at + tensor.size(), Float.NaN);
        return;
      }
      if (values.length != tensor.size()) {
        throw new IllegalArgumentException(
            "column '"
                + field().name()
                + "' has "
                + tensor.size()
                + " numbers but the record has "
                + values.length);
      }
      System.arraycopy(values, 0, to, at, values.length);
    }
  }
}
