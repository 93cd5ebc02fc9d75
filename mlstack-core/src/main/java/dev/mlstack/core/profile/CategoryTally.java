package dev.mlstack.core.profile;

import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.table.CategoryColumn;
import dev.mlstack.table.ColumnData;
import dev.mlstack.table.Row;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Profiles a column of categories, by their codes. */
final class CategoryTally implements ColumnTally {

  private final Field field;
  private final List<String> values;
  private final Map<String, Integer> codeOf = new HashMap<>();
  private final int[] codes = new int[BLOCK];
  private final long[] counts;
  private long nulls;

  CategoryTally(Field field) {
    this.field = field;
    this.values = ((FieldType.Category) field.type()).values();
    this.counts = new long[values.size()];
    values.forEach(value -> codeOf.put(value, codeOf.size()));
  }

  @Override
  public void read(ColumnData column, int from, int count) {
    ((CategoryColumn) column).read(from, count, codes, 0);
  }

  @Override
  public void read(Row row, int index, int at) {
    String text = row.text(index);
    codes[at] = text == null ? -1 : codeOf.getOrDefault(text, -1);
  }

  @Override
  public void add(int count, byte[] levels, int from) {
    for (int i = 0; i < count; i++) {
      if (codes[i] < 0) {
        nulls++;
      } else {
        counts[codes[i]]++;
      }
    }
  }

  @Override
  public ColumnProfile profile() {
    SortedMap<String, Long> rows = new TreeMap<>();
    TextFacts facts = TextFacts.NONE;
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] > 0) {
        String value = values.get(i);
        rows.put(value, counts[i]);
        facts = facts.plus(TextFacts.of(value.codePointCount(0, value.length()), counts[i]));
      }
    }
    return TextProfile.ofEach(field, nulls, facts, rows, new TextSample());
  }
}
