package dev.mlstack.data.ipc;

import dev.mlstack.data.columnar.FileColumn;
import dev.mlstack.table.DataException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.arrow.flatbuf.Endianness;
import org.apache.arrow.flatbuf.Field;
import org.apache.arrow.flatbuf.Schema;

/**
 * The columns of a file, and where each stands in a record batch.
 *
 * @param columns the columns
 * @param layouts for each column, where it stands
 * @param dictionaries for each dictionary, how its values stand in a batch of their own
 */
record IpcSchema(List<FileColumn> columns, List<Layout> layouts, Map<Long, Layout> dictionaries) {

  /**
   * Reads a schema.
   *
   * @param source what it is read from
   */
  static IpcSchema of(String source, Schema schema) {
    if (schema.endianness() != Endianness.Little) {
      throw new DataException(source + " is big-endian, which cannot be read; write it again");
    }
    IpcSchema result = new IpcSchema(new ArrayList<>(), new ArrayList<>(), new TreeMap<>());
    SchemaWalker walker = new SchemaWalker(result);
    for (int i = 0; i < schema.fieldsLength(); i++) {
      walker.add(schema.fields(i));
    }
    Set<String> names = new HashSet<>();
    for (FileColumn column : result.columns) {
      if (!names.add(column.name())) {
        throw new DataException(
            source + " has two columns named '" + column.name() + "'; rename one");
      }
    }
    return result;
  }

  /** Notes how the values of the dictionary of a field stand. */
  void addDictionary(Field field) {
    dictionaries.put(field.dictionary().id(), SchemaWalker.values(field));
  }
}
