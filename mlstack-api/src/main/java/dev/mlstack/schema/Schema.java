package dev.mlstack.schema;

import dev.mlstack.store.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;

/**
 * An ordered list of fields with distinct names.
 *
 * <p>Immutable; two schemas are equal if their fields are.
 */
public final class Schema {

  private final List<Field> fields;
  private final Map<String, Integer> indexes;

  private Schema(List<Field> fields) {
    this.fields = List.copyOf(fields);
    this.indexes = new HashMap<>();
    for (int i = 0; i < fields.size(); i++) {
      if (indexes.put(fields.get(i).name(), i) != null) {
        throw new IllegalArgumentException(
            "fields must have distinct names but two are named '" + fields.get(i).name() + "'");
      }
    }
  }

  /** Returns the schema with the given fields. */
  public static Schema of(List<Field> fields) {
    return new Schema(fields);
  }

  /** Returns the schema with the given fields. */
  public static Schema of(Field... fields) {
    return new Schema(List.of(fields));
  }

  /**
   * Returns the schema that a record describes, one field for each component, in their order.
   *
   * <table>
   * <caption>Types of components</caption>
   * <tr><th>component</th><th>field</th></tr>
   * <tr><td>{@code boolean}, {@code byte}, {@code short}, {@code int}, {@code long}, {@code float},
   *     {@code double}</td><td>the type of the same width, required</td></tr>
   * <tr><td>{@code Boolean}, {@code Integer}, … {@code Double}, {@code OptionalInt}, {@code
   *     OptionalLong}, {@code OptionalDouble}</td><td>the same, may be missing</td></tr>
   * <tr><td>an enum</td><td>category of the names of its constants, required</td></tr>
   * <tr><td>{@code String}, {@code LocalDate}, {@code Instant}, {@code LocalDateTime}</td>
   *     <td>text, date, timestamp, required</td></tr>
   * <tr><td>{@code float[]}</td><td>tensor of the shape that {@link Column#shape()} gives,
   *     required</td></tr>
   * <tr><td>{@code Optional} of one of these</td><td>the same, may be missing</td></tr>
   * </table>
   *
   * @throws IllegalArgumentException if a component is of another type
   */
  public static Schema of(Class<? extends Record> type) {
    return RecordSchema.of(type);
  }

  /** Returns the fields, in order. */
  public List<Field> fields() {
    return fields;
  }

  /** Returns how many fields there are. */
  public int size() {
    return fields.size();
  }

  /** Returns the field at an index, from 0. */
  public Field field(int index) {
    return fields.get(index);
  }

  /**
   * Returns the field of the given name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public Field field(String name) {
    return fields.get(indexOf(name));
  }

  /**
   * Returns the index of the field of the given name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public int indexOf(String name) {
    return find(name)
        .orElseThrow(
            () -> new IllegalArgumentException("there is no column '" + name + "' in " + names()));
  }

  /** Returns the index of the field of the given name, if there is one. */
  public OptionalInt find(String name) {
    Integer index = indexes.get(name);
    return index == null ? OptionalInt.empty() : OptionalInt.of(index);
  }

  /** Returns the names of all fields, in order. */
  public List<String> names() {
    return fields.stream().map(Field::name).toList();
  }

  /** Returns the fields in the given role, in order. */
  public List<Field> inRole(Role role) {
    return fields.stream().filter(field -> field.role() == role).toList();
  }

  /** Returns this schema with one more field at its end. */
  public Schema with(Field field) {
    List<Field> more = new ArrayList<>(fields);
    more.add(field);
    return new Schema(more);
  }

  /**
   * Returns this schema with the field of the given name changed.
   *
   * @throws IllegalArgumentException if there is none
   */
  public Schema with(String name, UnaryOperator<Field> change) {
    List<Field> changed = new ArrayList<>(fields);
    changed.set(indexOf(name), change.apply(field(name)));
    return new Schema(changed);
  }

  /** Returns the document that describes this schema. */
  public Value toValue() {
    return Value.of(fields.stream().map(Field::toValue).toList());
  }

  /** Returns the schema that a document describes. */
  public static Schema fromValue(Value value) {
    return new Schema(value.asItems().stream().map(Field::fromValue).toList());
  }

  @Override
  public boolean equals(Object object) {
    return object instanceof Schema other && fields.equals(other.fields);
  }

  @Override
  public int hashCode() {
    return fields.hashCode();
  }

  /** Returns the fields. */
  @Override
  public String toString() {
    return fields.toString();
  }
}
