package dev.mlstack.data.columnar;

import dev.mlstack.data.internal.Names;
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
import org.jspecify.annotations.Nullable;

/**
 * What is wanted of the columns of a file.
 *
 * @param schema the columns, if they are declared
 * @param only the names of the columns that are read, if they are not declared; if it is empty, all
 * @param without the names of columns that are not read
 * @param labels columns that are added, or take the place of others
 * @param types types of columns, in place of declared ones or those of the file
 * @param roles roles of columns
 * @param cutNanos whether parts of a microsecond are cut off
 */
record Selection(
    Optional<Schema> schema,
    List<String> only,
    List<String> without,
    List<Field> labels,
    SortedMap<String, FieldType> types,
    SortedMap<String, Role> roles,
    boolean cutNanos) {

  static final Selection ALL =
      new Selection(
          Optional.empty(),
          List.of(),
          List.of(),
          List.of(),
          new TreeMap<>(),
          new TreeMap<>(),
          /* cutNanos= */ false);

  Selection withSchema(Schema newSchema) {
    return new Selection(Optional.of(newSchema), only, without, labels, types, roles, cutNanos);
  }

  Selection withOnly(List<String> names) {
    return new Selection(schema, names, without, labels, types, roles, cutNanos);
  }

  Selection withWithout(List<String> names) {
    return new Selection(schema, only, names, labels, types, roles, cutNanos);
  }

  Selection withLabels(List<Field> newLabels) {
    return new Selection(schema, only, without, newLabels, types, roles, cutNanos);
  }

  Selection withType(String column, FieldType type) {
    SortedMap<String, FieldType> newTypes = new TreeMap<>(types);
    newTypes.put(column, type);
    return new Selection(schema, only, without, labels, newTypes, roles, cutNanos);
  }

  Selection withRole(Role role, List<String> columns) {
    SortedMap<String, Role> newRoles = new TreeMap<>(roles);
    columns.forEach(column -> newRoles.put(column, role));
    return new Selection(schema, only, without, labels, types, newRoles, cutNanos);
  }

  Selection withCutNanos() {
    return new Selection(schema, only, without, labels, types, roles, /* cutNanos= */ true);
  }

  /**
   * Finds the columns in a file.
   *
   * @throws DataException if one is not there, or cannot be read as what is wanted
   */
  Projection project(ColumnarFile file) {
    Matcher matcher = new Matcher(file);
    Schema wanted = schema.isPresent() ? declared(schema.get()) : natural(matcher);
    List<Integer> sources = new ArrayList<>();
    List<Conversion> conversions = new ArrayList<>();
    for (Field field : wanted.fields()) {
      int source = matcher.require(field.name());
      sources.add(source);
      conversions.add(conversion(file, file.columns().get(source), field));
    }
    return new Projection(
        wanted, sources.stream().mapToInt(Integer::intValue).toArray(), conversions);
  }

  /** Returns the declared schema, with all that was said about single columns. */
  private Schema declared(Schema base) {
    Schema result = base;
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

  private Schema natural(Matcher matcher) {
    String[] names = matcher.names().toArray(String[]::new);
    List<String> mentioned = new ArrayList<>(only);
    labels.forEach(label -> mentioned.add(label.name()));
    mentioned.addAll(types.keySet());
    mentioned.addAll(roles.keySet());
    mentioned.forEach(name -> names[matcher.require(name)] = name);
    List<Integer> left = new ArrayList<>();
    if (only.isEmpty()) {
      for (int i = 0; i < names.length; i++) {
        left.add(i);
      }
    } else {
      only.forEach(name -> left.add(matcher.require(name)));
    }
    without.forEach(name -> left.remove((Integer) matcher.require(name)));
    List<Field> fields = new ArrayList<>();
    for (int i : left) {
      fields.add(field(matcher.file, matcher.file.columns().get(i), names[i]));
    }
    return declared(Schema.of(fields));
  }

  private Field field(ColumnarFile file, FileColumn column, String name) {
    if (column.field().isPresent()) {
      return column.field().get().withName(name);
    }
    FieldType type = types.get(name);
    if (type == null) {
      type =
          labels.stream().anyMatch(label -> label.name().equals(name))
              ? FieldType.TEXT
              : Conversions.natural(column.type());
    }
    if (type == null) {
      throw refusal(file, column, "which has no type here");
    }
    return Field.of(name, type);
  }

  private Conversion conversion(ColumnarFile file, FileColumn column, Field field) {
    @Nullable Conversion conversion = Conversions.of(column.type(), field.type(), cutNanos);
    if (conversion == null && column.type() instanceof ColumnType.Unsupported) {
      throw refusal(file, column, "which cannot be read");
    } else if (conversion == null) {
      throw refusal(file, column, "which cannot be read as " + field.type());
    }
    return conversion;
  }

  private static DataException refusal(ColumnarFile file, FileColumn column, String why) {
    return new DataException(
        String.format(
            "%s: column '%s' is of type %s, %s; %s",
            file.name(), column.name(), column.type(), why, Conversions.advice(column.type())));
  }

  /** Finds columns by name. */
  private static final class Matcher {
    private final ColumnarFile file;
    private final List<String> names;

    Matcher(ColumnarFile file) {
      this.file = file;
      this.names = file.columns().stream().map(FileColumn::name).toList();
    }

    List<String> names() {
      return names;
    }

    int require(String name) {
      int index = Names.find(names, name);
      if (index < 0) {
        String guess =
            Names.nearest(names, name).map(n -> "; did you mean '" + n + "'?").orElse(";");
        throw new DataException(
            file.name() + " has no column '" + name + "'" + guess + " its columns are " + names);
      }
      return index;
    }
  }
}
