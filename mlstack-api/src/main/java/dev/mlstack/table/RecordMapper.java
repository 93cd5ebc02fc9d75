package dev.mlstack.table;

import dev.mlstack.schema.Schema;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Turns the records of an application into rows, and rows into records.
 *
 * <p>Columns are matched by name, in any order; a row may have more columns than the record.
 * Immutable and safe for use by several threads.
 *
 * @param <R> the record
 */
public final class RecordMapper<R extends Record> {

  private final Class<R> type;
  private final Schema schema;
  private final ComponentReader[] readers;
  private final ComponentWriter[] writers;
  private final MethodHandle constructor;

  private RecordMapper(Class<R> type, Access access) {
    this.type = type;
    this.schema = Schema.of(type);
    RecordComponent[] components = type.getRecordComponents();
    this.readers = new ComponentReader[components.length];
    this.writers = new ComponentWriter[components.length];
    for (int i = 0; i < components.length; i++) {
      readers[i] =
          ComponentReader.of(
              components[i], schema.field(i), access.accessor(components[i].getAccessor()));
      writers[i] = ComponentWriter.of(components[i], schema.field(i));
    }
    this.constructor =
        access
            .constructor(type, components)
            .asSpreader(Object[].class, components.length)
            .asType(MethodType.methodType(Object.class, Object[].class));
  }

  /**
   * Returns the mapper of a record that mlstack may look into: one in the unnamed module (every
   * application on the class path), or in a package that is open to {@code dev.mlstack.api}.
   *
   * @throws IllegalArgumentException if it may not, or a component has a type that no column has
   */
  public static <R extends Record> RecordMapper<R> of(Class<R> type) {
    return new RecordMapper<>(type, new ReflectiveAccess());
  }

  /**
   * Returns the mapper of a record that {@code lookup} may look into. An application in a named
   * module passes {@code MethodHandles.lookup()} and need not open anything.
   *
   * @throws IllegalArgumentException if it may not, or a component has a type that no column has
   */
  public static <R extends Record> RecordMapper<R> of(Class<R> type, MethodHandles.Lookup lookup) {
    return new RecordMapper<>(type, new LookupAccess(lookup));
  }

  /** Returns the schema that the record describes. */
  public Schema schema() {
    return schema;
  }

  /** Returns a row that reads from {@code record}. */
  public Row row(R record) {
    return new RecordRow(schema, readers, record);
  }

  /**
   * Returns a record with the values of a row.
   *
   * @throws IllegalArgumentException if the row lacks a column that the record has, or has no value
   *     where the record needs one
   */
  public R record(Row row) {
    Object[] values = new Object[writers.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = writers[i].value(row, row.schema().indexOf(schema.field(i).name()));
    }
    return type.cast(Handles.call(() -> constructor.invokeExact(values)));
  }

  /** Finds the accessors and the constructor of a record. */
  private interface Access {
    MethodHandle accessor(Method method);

    MethodHandle constructor(Class<?> type, RecordComponent[] components);
  }

  private static Constructor<?> canonical(Class<?> type, RecordComponent[] components) {
    try {
      return type.getDeclaredConstructor(
          Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
    } catch (NoSuchMethodException e) {
      throw new AssertionError("every record has a canonical constructor", e);
    }
  }

  private static IllegalArgumentException closed(Class<?> type, @Nullable Exception cause) {
    return new IllegalArgumentException(
        "mlstack may not look into "
            + type.getName()
            + "; pass MethodHandles.lookup() of a class that may",
        cause);
  }

  /** Makes members accessible; works for all classes in the unnamed module. */
  private static final class ReflectiveAccess implements Access {
    @Override
    public MethodHandle accessor(Method method) {
      try {
        method.setAccessible(true);
        return MethodHandles.lookup().unreflect(method);
      } catch (InaccessibleObjectException | IllegalAccessException e) {
        throw closed(method.getDeclaringClass(), e);
      }
    }

    @Override
    public MethodHandle constructor(Class<?> type, RecordComponent[] components) {
      try {
        Constructor<?> constructor = canonical(type, components);
        constructor.setAccessible(true);
        return MethodHandles.lookup().unreflectConstructor(constructor);
      } catch (InaccessibleObjectException | IllegalAccessException e) {
        throw closed(type, e);
      }
    }
  }

  /** Uses what the lookup of the application may do. */
  private static final class LookupAccess implements Access {
    private final MethodHandles.Lookup lookup;

    LookupAccess(MethodHandles.Lookup lookup) {
      this.lookup = lookup;
    }

    @Override
    public MethodHandle accessor(Method method) {
      try {
        return lookup.unreflect(method);
      } catch (IllegalAccessException e) {
        throw closed(method.getDeclaringClass(), e);
      }
    }

    @Override
    public MethodHandle constructor(Class<?> type, RecordComponent[] components) {
      try {
        return lookup.unreflectConstructor(canonical(type, components));
      } catch (IllegalAccessException e) {
        throw closed(type, e);
      }
    }
  }
}
