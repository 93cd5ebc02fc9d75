package dev.mlstack.data.json;

import dev.mlstack.data.internal.Projection;
import dev.mlstack.data.internal.Spellings;
import dev.mlstack.schema.Field;
import dev.mlstack.schema.Schema;
import dev.mlstack.table.DataException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The columns that are read and where their values stand. Immutable.
 *
 * <p>Where the columns are declared, a place is that of the column with its name: exactly, or
 * ignoring case, blanks, points, hyphens and underscores. Otherwise all places are known.
 */
final class JsonColumns {

  private final Schema schema;
  private final Map<String, Integer> byPointer = new HashMap<>();
  private final Map<String, Integer> byName = new HashMap<>();
  private final Map<String, Integer> byKey = new HashMap<>();

  private JsonColumns(Schema schema) {
    this.schema = schema;
  }

  /**
   * Returns declared columns.
   *
   * @param fields names of columns, by the pointer to their values
   */
  static JsonColumns declared(Schema schema, SortedMap<String, String> fields) {
    JsonColumns columns = new JsonColumns(schema);
    fields.forEach((pointer, name) -> columns.byPointer.put(pointer, schema.indexOf(name)));
    for (int i = 0; i < schema.size(); i++) {
      if (!fields.containsValue(schema.field(i).name())) {
        columns.byName.put(schema.field(i).name(), i);
        // Of two columns that differ in nothing else, each is found by its exact name only.
        columns.byKey.merge(key(schema.field(i).name()), i, (a, b) -> -1);
      }
    }
    return columns;
  }

  /** Returns the columns that were found and are wanted. */
  static JsonColumns inferred(
      String source,
      List<TypeScan.Place> places,
      Projection projection,
      SortedMap<String, String> fields) {
    Map<String, String> pointers = new TreeMap<>();
    List<Field> found = new ArrayList<>();
    for (TypeScan.Place place : places) {
      String name = fields.getOrDefault(place.pointer(), place.name());
      String other = pointers.put(name, place.pointer());
      if (other != null) {
        throw new DataException(
            String.format(
                "%s has two columns named '%s', at %s and at %s; give one another name:"
                    + " .field(\"%s\", …)",
                source, name, other, place.pointer(), place.pointer()));
      }
      found.add(Field.of(name, place.type()));
    }
    requireAll(source, fields, pointers);
    Projection.Bound bound = projection.bind(source, Schema.of(found));
    JsonColumns columns = new JsonColumns(bound.schema());
    for (int i = 0; i < bound.sources().length; i++) {
      String name = found.get(bound.sources()[i]).name();
      columns.byPointer.put(pointers.getOrDefault(name, ""), i);
    }
    return columns;
  }

  private static void requireAll(
      String source, SortedMap<String, String> fields, Map<String, String> pointers) {
    Set<String> missing = new HashSet<>(fields.keySet());
    missing.removeAll(pointers.values());
    if (!missing.isEmpty()) {
      throw new DataException(
          source + " has no value at " + missing + "; its values are at " + pointers.values());
    }
  }

  Schema schema() {
    return schema;
  }

  /** Returns the index of the column whose values stand at a place; -1 if there is none. */
  int at(PathNode node) {
    Integer pointed = byPointer.get(node.pointer());
    if (pointed != null) {
      return pointed;
    } else if (byName.isEmpty()) {
      return -1;
    }
    Integer named = byName.get(node.name());
    return named != null ? named : byKey.getOrDefault(key(node.name()), -1);
  }

  private static String key(String name) {
    return Spellings.key(name.replace('.', '_'));
  }
}
