package dev.mlstack.data.internal;

import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.schema.Role;
import dev.mlstack.schema.Schema;
import dev.mlstack.table.DataException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Which columns are wanted of a source, and what is said about them. Columns are found by name: the
 * exact one, or else the only one that differs in nothing but case, blanks, hyphens and
 * underscores.
 *
 * @param declared the columns, if they are declared; otherwise those of the source
 * @param only the columns that are read, in this order; empty if all are
 * @param labels columns that are added, or take the place of others
 * @param types types of columns, in place of declared or found ones
 * @param roles roles of columns
 */
public record Projection(
    Optional<Schema> declared,
    List<String> only,
    List<Field> labels,
    SortedMap<String, FieldType> types,
    SortedMap<String, Role> roles) {

  /** All columns, as the source has them. */
  public static final Projection ALL =
      new Projection(Optional.empty(), List.of(), List.of(), new TreeMap<>(), new TreeMap<>());

  /**
   * The columns that are read.
   *
   * @param schema what they are
   * @param sources for each the index of the column of the source, -1 where the source has none
   */
  public record Bound(Schema schema, int[] sources) {}

  /** Returns this projection with declared columns. */
  public Projection withSchema(Schema schema) {
    return new Projection(Optional.of(schema), only, labels, types, roles);
  }

  /** Returns this projection with only some of the columns. */
  public Projection withOnly(List<String> columns) {
    return new Projection(declared, columns, labels, types, roles);
  }

  /** Returns this projection with other labels. */
  public Projection withLabels(List<Field> newLabels) {
    return new Projection(declared, only, newLabels, types, roles);
  }

  /** Returns this projection with the type of a column. */
  public Projection withType(String column, FieldType type) {
    SortedMap<String, FieldType> newTypes = new TreeMap<>(types);
    newTypes.put(column, type);
    return new Projection(declared, only, labels, newTypes, roles);
  }

  /** Returns this projection with the role of some columns. */
  public Projection withRole(Role role, List<String> columns) {
    SortedMap<String, Role> newRoles = new TreeMap<>(roles);
    columns.forEach(column -> newRoles.put(column, role));
    return new Projection(declared, only, labels, types, newRoles);
  }

  /** Tells whether the columns are known without looking at the source. */
  public boolean isDeclared() {
    return declared.isPresent();
  }

  /** Tells whether the type of a column of the source must be found out. */
  public boolean infers(String column) {
    boolean wanted = only.isEmpty() || Names.find(only, column) >= 0;
    boolean known =
        Names.find(List.copyOf(types.keySet()), column) >= 0
            || Names.find(labels.stream().map(Field::name).toList(), column) >= 0;
    return declared.isEmpty() && wanted && !known;
  }

  /** Returns the names of all columns that are read; empty if those are all of the source. */
  public List<String> mentioned() {
    List<String> names = declared.isPresent() && only.isEmpty() ? declared.get().names() : only;
    return names.isEmpty()
        ? names
        : Stream.concat(names.stream(), labels.stream().map(Field::name)).toList();
  }

  /** Returns the names of the columns that were given a role, or are declared in it. */
  public List<String> named(Role role) {
    Stream<String> known = declared.stream().flatMap(s -> s.inRole(role).stream()).map(Field::name);
    Stream<String> given = roles.keySet().stream().filter(name -> roles.get(name) == role);
    return Stream.concat(known, given).distinct().toList();
  }

  /**
   * Returns the declared columns with all that was said about single ones.
   *
   * @throws IllegalArgumentException if something was said about a column that is not declared
   */
  public Schema declaredSchema() {
    return complete(narrowed(declared.orElseThrow(), "the declared columns"));
  }

  /**
   * Finds the declared columns in a source, or takes those that it has.
   *
   * @param source what people call it
   * @param found its columns
   * @throws DataException if it lacks one
   */
  public Bound bind(String source, Schema found) {
    Schema schema =
        declared.isPresent()
            ? declaredSchema()
            : complete(narrowed(renamed(source, found), source));
    int[] sources =
        schema.names().stream().mapToInt(name -> require(source, found.names(), name)).toArray();
    return new Bound(schema, sources);
  }

  /** Returns the columns of a source, spelled as they are where something is said about them. */
  private Schema renamed(String source, Schema found) {
    List<Field> fields = new ArrayList<>(found.fields());
    Stream.of(only.stream(), labels.stream().map(Field::name), types.keySet().stream())
        .flatMap(names -> names)
        .forEach(name -> rename(fields, source, found, name));
    roles.keySet().forEach(name -> rename(fields, source, found, name));
    return Schema.of(fields);
  }

  private static void rename(List<Field> fields, String source, Schema found, String name) {
    int index = require(source, found.names(), name);
    fields.set(index, found.field(index).withName(name));
  }

  private Schema narrowed(Schema all, String source) {
    return only.isEmpty()
        ? all
        : Schema.of(
            only.stream().map(name -> all.field(require(source, all.names(), name))).toList());
  }

  private Schema complete(Schema columns) {
    Schema result = columns;
    for (Field label : labels) {
      result =
          result.find(label.name()).isPresent()
              ? result.with(label.name(), field -> label.withTags(field.tags()))
              : result.with(label);
    }
    for (Map.Entry<String, FieldType> entry : types.entrySet()) {
      result = result.with(entry.getKey(), field -> field.withType(entry.getValue()));
    }
    for (Map.Entry<String, Role> entry : roles.entrySet()) {
      result = result.with(entry.getKey(), field -> field.withRole(entry.getValue()));
    }
    return result;
  }

  private static int require(String source, List<String> names, String name) {
    int index = Names.find(names, name);
    if (index < 0) {
      String guess = Names.nearest(names, name).map(n -> "; did you mean '" + n + "'?").orElse(";");
      throw new DataException(
          source + " has no column '" + name + "'" + guess + " its columns are " + names);
    }
    return index;
  }
}
