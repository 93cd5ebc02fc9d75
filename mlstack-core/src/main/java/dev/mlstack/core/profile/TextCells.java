package dev.mlstack.core.profile;

import dev.mlstack.schema.Field;
import dev.mlstack.store.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * The cells of a column of texts or categories of which all different ones are known: the most
 * frequent values, one for all others, and one for those that are missing.
 *
 * @param field the column
 * @param missing how many values are missing
 * @param values the most frequent values, at most {@link #MAX}, the most frequent first; of equally
 *     frequent ones, the first in the order of their UTF-16 units
 * @param frequencies how many rows have each of them
 * @param others how many values are none of them
 */
public record TextCells(
    Field field, long missing, List<String> values, List<Long> frequencies, long others)
    implements ColumnCells {

  /** The greatest number of values that have a cell each: 64. */
  public static final int MAX = 64;

  /** What the cell of all values that are not listed is called. */
  public static final String OTHER = "other";

  private static final Comparator<Map.Entry<String, Long>> MOST_FREQUENT_FIRST =
      Comparator.comparingLong((Map.Entry<String, Long> entry) -> -entry.getValue())
          .thenComparing(Map.Entry.comparingByKey());

  /** Copies the lists and checks that they fit each other. */
  public TextCells {
    values = List.copyOf(values);
    frequencies = List.copyOf(frequencies);
    if (values.size() != frequencies.size() || values.size() > MAX) {
      throw new IllegalArgumentException(
          "values must be as many as frequencies and at most "
              + MAX
              + " but are "
              + values.size()
              + " and "
              + frequencies.size());
    }
    if (new HashSet<>(values).size() < values.size()) {
      throw new IllegalArgumentException("values must be distinct but are " + values);
    }
  }

  static TextCells of(Field field, long missing, SortedMap<String, Long> counted) {
    List<Map.Entry<String, Long>> listed =
        counted.entrySet().stream().sorted(MOST_FREQUENT_FIRST).limit(MAX).toList();
    List<Long> frequencies = listed.stream().map(Map.Entry::getValue).toList();
    long all = counted.values().stream().mapToLong(Long::longValue).sum();
    return new TextCells(
        field,
        missing,
        listed.stream().map(Map.Entry::getKey).toList(),
        frequencies,
        all - frequencies.stream().mapToLong(Long::longValue).sum());
  }

  static TextCells fromFirstVersion(Value.Doc doc) {
    return new TextCells(
        Field.fromValue(doc.get("field")),
        doc.whole("missing"),
        doc.texts("values"),
        doc.items("frequencies").stream().map(Value::asWhole).toList(),
        doc.whole("others"));
  }

  /** Returns the values, other and missing; a value that is called so itself stands in quotes. */
  @Override
  public List<String> names() {
    List<String> names = new ArrayList<>();
    for (String value : values) {
      boolean taken = value.equals(OTHER) || value.equals(MISSING);
      names.add(taken ? '"' + value + '"' : value);
    }
    names.add(OTHER);
    names.add(MISSING);
    return names;
  }

  @Override
  public long[] counts() {
    long[] counts = new long[values.size() + 2];
    for (int i = 0; i < values.size(); i++) {
      counts[i] = frequencies.get(i);
    }
    counts[values.size()] = others;
    counts[values.size() + 1] = missing;
    return counts;
  }
}
