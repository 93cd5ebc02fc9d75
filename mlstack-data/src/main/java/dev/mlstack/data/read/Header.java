package dev.mlstack.data.read;

import dev.mlstack.data.internal.Names;
import dev.mlstack.data.internal.Utf8;
import dev.mlstack.table.DataException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The names of the fields of a file, in order.
 *
 * @param source the name of the file
 * @param names distinct, none blank
 */
record Header(String source, List<String> names) {

  /** The most fields that a file may have: 100,000. */
  static final int MAX_FIELDS = 100_000;

  /** Returns the header that a record is. A field without a name gets its number for one. */
  static Header of(String source, RecordReader record) {
    if (record.problem() != null) {
      throw new DataException(source + " has a broken header: " + record.problem());
    }
    int fields = requireFew(source, record.fields().fields());
    List<String> names = new ArrayList<>();
    Map<String, Integer> places = new HashMap<>();
    for (int i = 0; i < fields; i++) {
      requireWellFormed(source, record, i);
      String text = record.fieldText(i).strip();
      String name = text.isEmpty() ? numbered(i) : text;
      Integer other = places.put(name, i);
      if (other != null) {
        throw new DataException(
            String.format(
                "%s has two columns named '%s', columns %d and %d of its header; rename one",
                source, name, other + 1, i + 1));
      }
      names.add(name);
    }
    return new Header(source, List.copyOf(names));
  }

  private static void requireWellFormed(String source, RecordReader record, int field) {
    RecordScanner fields = record.fields();
    if (!Utf8.isWellFormed(record.bytes(), fields.start(field), fields.end(field))) {
      throw new DataException(
          String.format(
              "%s: the name of column %d, '%s', is not well-formed in the charset of the file; say"
                  + " another, such as .charset(StandardCharsets.ISO_8859_1)",
              source, field + 1, record.fieldText(field)));
    }
  }

  /** Returns the header of a file that has none: its fields are named by their numbers, from 1. */
  static Header numbered(String source, RecordReader firstRecord) {
    int fields = requireFew(source, firstRecord.fields().fields());
    return new Header(source, IntStream.range(0, fields).mapToObj(Header::numbered).toList());
  }

  private static String numbered(int field) {
    return "column_" + (field + 1);
  }

  private static int requireFew(String source, int fields) {
    if (fields > MAX_FIELDS) {
      throw new DataException(
          source
              + " has "
              + fields
              + " columns, more than the "
              + MAX_FIELDS
              + " that are allowed");
    }
    return fields;
  }

  int size() {
    return names.size();
  }

  /** Returns the index of a column, whose name need not be spelled exactly; -1 if there is none. */
  int find(String name) {
    return Names.find(names, name);
  }

  /**
   * Returns the index of a column, whose name need not be spelled exactly.
   *
   * @throws DataException if there is none
   */
  int require(String name) {
    int index = find(name);
    if (index < 0) {
      String guess = Names.nearest(names, name).map(n -> "; did you mean '" + n + "'?").orElse(";");
      throw new DataException(
          source + " has no column '" + name + "'" + guess + " its columns are " + names);
    }
    return index;
  }

  /**
   * Returns the indexes of the columns whose names match a pattern, in the order of the file.
   *
   * @throws DataException if there is none
   */
  int[] matching(Gather gather) {
    int[] matching =
        IntStream.range(0, names.size()).filter(i -> gather.matches(names.get(i))).toArray();
    if (matching.length == 0) {
      throw new DataException(
          source + " has no column '" + gather.pattern() + "'; its columns are " + names);
    }
    return matching;
  }
}
