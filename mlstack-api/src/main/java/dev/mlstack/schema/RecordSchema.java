package dev.mlstack.schema;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads the schema that the components of a record describe. */
final class RecordSchema {

  private static final Map<Class<?>, Field> TYPES =
      Map.ofEntries(
          required(boolean.class, FieldType.BOOL),
          required(byte.class, new FieldType.Int(8)),
          required(short.class, new FieldType.Int(16)),
          required(int.class, FieldType.INT32),
          required(long.class, FieldType.INT64),
          required(float.class, FieldType.FLOAT32),
          required(double.class, FieldType.FLOAT64),
          required(String.class, FieldType.TEXT),
          required(LocalDate.class, FieldType.DATE),
          required(Instant.class, FieldType.INSTANT),
          required(LocalDateTime.class, FieldType.LOCAL_DATE_TIME),
          optional(Boolean.class, FieldType.BOOL),
          optional(Byte.class, new FieldType.Int(8)),
          optional(Short.class, new FieldType.Int(16)),
          optional(Integer.class, FieldType.INT32),
          optional(Long.class, FieldType.INT64),
          optional(Float.class, FieldType.FLOAT32),
          optional(Double.class, FieldType.FLOAT64),
          optional(OptionalInt.class, FieldType.INT32),
          optional(OptionalLong.class, FieldType.INT64),
          optional(OptionalDouble.class, FieldType.FLOAT64));

  private RecordSchema() {}

  private static Map.Entry<Class<?>, Field> required(Class<?> type, FieldType fieldType) {
    return Map.entry(type, Field.of("-", fieldType).required());
  }

  private static Map.Entry<Class<?>, Field> optional(Class<?> type, FieldType fieldType) {
    return Map.entry(type, Field.of("-", fieldType));
  }

  static Schema of(Class<? extends Record> type) {
    RecordComponent[] components = type.getRecordComponents();
    if (components == null) {
      throw new IllegalArgumentException(type.getName() + " is not a record");
    }
    return Schema.of(Arrays.stream(components).map(RecordSchema::field).toList());
  }

  private static Field field(RecordComponent component) {
    Column column = component.getAnnotation(Column.class);
    Field field = typed(component, component.getGenericType(), column);
    String name = column == null ? "" : column.name();
    field = field.withName(name.isEmpty() ? columnName(component.getName()) : name);
    return column == null
        ? field
        : field.withRole(column.role()).withTags(new TreeSet<>(Arrays.asList(column.tags())));
  }

  private static Field typed(RecordComponent component, Type type, @Nullable Column column) {
    if (type instanceof ParameterizedType generic && generic.getRawType() == Optional.class) {
      Field value = typed(component, generic.getActualTypeArguments()[0], column);
      if (isOptional(generic.getActualTypeArguments()[0])) {
        throw noColumn(component);
      }
      return Field.of(value.name(), value.type());
    }
    Field known = type instanceof Class<?> plain ? TYPES.get(plain) : null;
    if (known != null) {
      return known;
    }
    if (type instanceof Class<?> plain && plain.isEnum()) {
      return Field.of("-", FieldType.category(constants(plain))).required();
    }
    if (type == float[].class) {
      return Field.of("-", tensor(component, column)).required();
    }
    throw noColumn(component);
  }

  private static boolean isOptional(Type type) {
    return type instanceof ParameterizedType
        || type == OptionalInt.class
        || type == OptionalLong.class
        || type == OptionalDouble.class;
  }

  private static IllegalArgumentException noColumn(RecordComponent component) {
    return new IllegalArgumentException(
        "component '"
            + component.getName()
            + "' of "
            + component.getDeclaringRecord().getName()
            + " has the type "
            + component.getGenericType().getTypeName()
            + ", which no column can have; see Schema.of(Class) for those that can");
  }

  private static List<String> constants(Class<?> type) {
    return Arrays.stream(type.getEnumConstants()).map(c -> ((Enum<?>) c).name()).toList();
  }

  private static FieldType tensor(RecordComponent component, @Nullable Column column) {
    if (column == null || column.shape().length == 0) {
      throw new IllegalArgumentException(
          "component '"
              + component.getName()
              + "' of "
              + component.getDeclaringRecord().getName()
              + " is an array and needs @Column(shape = …)");
    }
    return FieldType.tensor(column.shape());
  }

  /**
   * Returns {@code mean_radius} for {@code meanRadius} and {@code patient_id} for {@code
   * patientID}.
   */
  static String columnName(String component) {
    StringBuilder name = new StringBuilder();
    for (int i = 0; i < component.length(); i++) {
      if (i > 0 && beginsWord(component, i)) {
        name.append('_');
      }
      name.append(component.charAt(i));
    }
    return name.toString().toLowerCase(Locale.ROOT);
  }

  /** Tells whether a word begins at an index: {@code ID} is one word, {@code IDCard} are two. */
  private static boolean beginsWord(String component, int index) {
    char before = component.charAt(index - 1);
    if (!Character.isUpperCase(component.charAt(index)) || before == '_') {
      return false;
    }
    boolean beforeLower =
        index + 1 < component.length() && Character.isLowerCase(component.charAt(index + 1));
    return !Character.isUpperCase(before) || beforeLower;
  }
}
