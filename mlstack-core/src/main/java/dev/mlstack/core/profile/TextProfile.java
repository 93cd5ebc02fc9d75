package dev.mlstack.core.profile;

import dev.mlstack.schema.Field;
import dev.mlstack.store.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/**
 * What a column of texts or categories looks like. Its cells are the most frequent values, one for
 * all others, and one for those that are missing.
 *
 * @param field the column
 * @param missing how many values are missing
 * @param distinct how many different values there are
 * @param values the most frequent values, at most {@link #MAX_VALUES}, the most frequent first; of
 *     equally frequent ones, the first in the order of their UTF-16 units
 * @param frequencies how often each of them occurs
 * @param others how many values are none of them
 */
public record TextProfile(
    Field field,
    long missing,
    long distinct,
    List<String> values,
    List<Long> frequencies,
    long others)
    implements ColumnProfile {

  /** The greatest number of values that are listed: 64. */
  public static final int MAX_VALUES = 64;

  /** What the cell of all values that are not listed is called. */
  public static final String OTHER = "other";

  /** Copies the lists and checks that they fit each other. */
  public TextProfile {
    values = List.copyOf(values);
    frequencies = List.copyOf(frequencies);
    if (values.size() != frequencies.size() || values.size() > MAX_VALUES) {
      throw new IllegalArgumentException(
          "values must be as many as frequencies and at most "
              + MAX_VALUES
              + " but are "
              + values.size()
              + " and "
              + frequencies.size());
    }
    if (new HashSet<>(values).size() < values.size()) {
      throw new IllegalArgumentException("values must be distinct but are " + values);
    }
  }

  /** Returns the values, other and missing; a value that is called so itself stands in quotes. */
  @Override
  public List<String> cells() {
    List<String> cells = new ArrayList<>();
    for (String value : values) {
      boolean taken = value.equals(OTHER) || value.equals(MISSING);
      cells.add(taken ? '"' + value + '"' : value);
    }
    cells.add(OTHER);
    cells.add(MISSING);
    return cells;
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

  @Override
  public Value.Doc toValue() {
    return Value.doc()
        .put("field", field.toValue())
        .put("missing", missing)
        .put("distinct", distinct)
        .put("values", Value.ofTexts(values))
        .put("frequencies", Value.ofWholes(frequencies))
        .put("others", others)
        .build();
  }

  static TextProfile fromDoc(Value.Doc doc) {
    return new TextProfile(
        Field.fromValue(doc.get("field")),
        doc.whole("missing"),
        doc.whole("distinct"),
        doc.texts("values"),
        doc.items("frequencies").stream().map(Value::asWhole).toList(),
        doc.whole("others"));
  }
}
