package dev.mlstack.data.read;

import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.schema.Role;
import dev.mlstack.schema.Schema;
import dev.mlstack.store.Value;
import dev.mlstack.table.DataException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What columns are wanted of a file.
 *
 * @param schema the columns, if they are declared; otherwise all of the file, with inferred types
 * @param labels columns that are added, or take the place of declared ones
 * @param types types of columns, in place of declared or inferred ones
 * @param roles roles of columns
 * @param gathers columns of the file that are one column together
 */
record Columns(
    Optional<Schema> schema,
    List<Field> labels,
    SortedMap<String, FieldType> types,
    SortedMap<String, Role> roles,
    List<Gather> gathers) {

  static final Columns ALL =
      new Columns(Optional.empty(), List.of(), new TreeMap<>(), new TreeMap<>(), List.of());

  Columns withSchema(Schema newSchema) {
    return new Columns(Optional.of(newSchema), labels, types, roles, gathers);
  }

  Columns withLabels(List<Field> newLabels) {
    return new Columns(schema, newLabels, types, roles, gathers);
  }

  Columns withType(String column, FieldType type) {
    SortedMap<String, FieldType> newTypes = new TreeMap<>(types);
    newTypes.put(column, type);
    return new Columns(schema, labels, newTypes, roles, gathers);
  }

  Columns withRole(Role role, List<String> columns) {
    SortedMap<String, Role> newRoles = new TreeMap<>(roles);
    columns.forEach(column -> newRoles.put(column, role));
    return new Columns(schema, labels, types, newRoles, gathers);
  }

  Columns withGather(Gather gather) {
    List<Gather> newGathers = Stream.concat(gathers.stream(), Stream.of(gather)).toList();
    return new Columns(schema, labels, types, roles, newGathers);
  }

  /** Adds what the schema does not say to a document. */
  Value.Doc.Builder addTo(Value.Doc.Builder doc) {
    return gathers.isEmpty()
        ? doc
        : doc.put("gather", Value.of(gathers.stream().map(Gather::toValue).toList()));
  }

  /** Tells whether the schema is known without looking at the file. */
  boolean isDeclared() {
    return schema.isPresent()
        && gathers.stream().allMatch(gather -> schema.get().find(gather.column()).isPresent());
  }

  /**
   * Returns the declared schema, with all that was said about single columns.
   *
   * @throws IllegalArgumentException if something was said about a column that is not there
   */
  Schema declaredSchema() {
    Schema result = schema.orElseThrow();
    for (Field label : labels) {
      result =
          result.find(label.name()).isPresent()
              ? result.with(label.name(), field -> label.withTags(field.tags()))
              : result.with(label);
    }
    return withRolesAndTypes(result);
  }

  private Schema withRolesAndTypes(Schema columns) {
    Schema result = columns;
    for (Map.Entry<String, FieldType> entry : types.entrySet()) {
      result = result.with(entry.getKey(), field -> field.withType(entry.getValue()));
    }
    for (Map.Entry<String, Role> entry : roles.entrySet()) {
      result = result.with(entry.getKey(), field -> field.withRole(entry.getValue()));
    }
    return result;
  }

  /** Finds the declared columns in a file. */
  Layout declaredLayout(Header header, boolean byName) {
    Schema declared = declaredSchema();
    if (!byName && header.size() != declared.size()) {
      throw new DataException(
          String.format(
              "%s has %d columns and no header, but %d columns are declared: %s",
              header.source(), header.size(), declared.size(), declared.names()));
    }
    List<Field> fields = new ArrayList<>();
    List<int[]> sources = new ArrayList<>();
    for (int i = 0; i < declared.size(); i++) {
      Field field = declared.field(i);
      fields.add(field);
      sources.add(byName ? sources(field, header) : new int[] {i});
    }
    for (Gather gather : gathers) {
      if (declared.find(gather.column()).isEmpty()) {
        int[] gathered = header.matching(gather);
        fields.add(Field.of(gather.column(), gather.type(gathered.length)));
        sources.add(gathered);
      }
    }
    return Layout.of(header, fields, sources);
  }

  private int[] sources(Field field, Header header) {
    for (Gather gather : gathers) {
      if (gather.column().equals(field.name())) {
        return header.matching(gather);
      }
    }
    if (field.type() instanceof FieldType.Tensor && header.find(field.name()) < 0) {
      throw new DataException(
          String.format(
              "%s has no column '%s', which is a tensor; if its numbers are in several columns, say"
                  + " which: .gather(\"%s\", \"…*\"); its columns are %s",
              header.source(), field.name(), field.name(), header.names()));
    }
    return new int[] {header.require(field.name())};
  }

  /**
   * Makes columns of all fields of a file.
   *
   * @param inferred the type of each field
   */
  Layout inferredLayout(Header header, List<FieldType> inferred) {
    String[] names = header.names().toArray(String[]::new);
    Stream.of(labels.stream().map(Field::name), types.keySet().stream(), roles.keySet().stream())
        .flatMap(mentioned -> mentioned)
        .filter(name -> gathers.stream().noneMatch(gather -> gather.column().equals(name)))
        .forEach(name -> names[header.require(name)] = name);
    int[][] gathered = gathers.stream().map(header::matching).toArray(int[][]::new);
    List<Field> fields = new ArrayList<>();
    List<int[]> sources = new ArrayList<>();
    for (int i = 0; i < names.length; i++) {
      int gather = gatherOf(i, gathered);
      if (gather < 0) {
        fields.add(Field.of(names[i], inferred.get(i)));
        sources.add(new int[] {i});
      } else if (gathered[gather][0] == i) {
        fields.add(
            Field.of(
                gathers.get(gather).column(), gathers.get(gather).type(gathered[gather].length)));
        sources.add(gathered[gather]);
      }
    }
    Schema all =
        new Columns(Optional.of(Schema.of(fields)), labels, types, roles, gathers).declaredSchema();
    return Layout.of(header, all.fields(), sources);
  }

  private static int gatherOf(int field, int[][] gathered) {
    return IntStream.range(0, gathered.length)
        .filter(g -> IntStream.of(gathered[g]).anyMatch(i -> i == field))
        .findFirst()
        .orElse(-1);
  }
}
