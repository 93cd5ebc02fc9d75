package dev.mlstack.core.profile;

import dev.mlstack.schema.Field;
import dev.mlstack.table.CategoryColumn;
import dev.mlstack.table.ColumnData;
import dev.mlstack.table.TextColumn;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A column of texts or categories before its only round. */
record TextScan(Field field) implements ColumnScan {

  private static final Comparator<Map.Entry<String, Count>> MOST_FREQUENT_FIRST =
      Comparator.comparingLong((Map.Entry<String, Count> entry) -> -entry.getValue().rows)
          .thenComparing(Map.Entry.comparingByKey());

  @Override
  public Tally tally() {
    return new Values();
  }

  @Override
  public ColumnScan next(Tally total) {
    Values values = (Values) total;
    List<Map.Entry<String, Count>> listed =
        values.counts.entrySet().stream()
            .sorted(MOST_FREQUENT_FIRST)
            .limit(TextProfile.MAX_VALUES)
            .toList();
    long all = values.counts.values().stream().mapToLong(count -> count.rows).sum();
    List<Long> frequencies = listed.stream().map(entry -> entry.getValue().rows).toList();
    return new Done(
        new TextProfile(
            field,
            values.missing,
            values.counts.size(),
            listed.stream().map(Map.Entry::getKey).toList(),
            frequencies,
            all - frequencies.stream().mapToLong(Long::longValue).sum()));
  }

  /** How many rows have a value. */
  private static final class Count {
    private long rows;
  }

  /** How many rows have each value. */
  private static final class Values implements Tally {
    private final Map<String, Count> counts = new HashMap<>();
    private long missing;

    @Override
    public void add(ColumnData column) {
      if (column instanceof CategoryColumn categories) {
        addCodes(categories);
        return;
      }
      TextColumn texts = (TextColumn) column;
      for (int row = 0; row < texts.rows(); row++) {
        String text = texts.get(row);
        if (text == null) {
          missing++;
        } else {
          add(text, 1);
        }
      }
    }

    private void addCodes(CategoryColumn column) {
      List<String> values = column.values();
      long[] rows = new long[values.size()];
      for (int row = 0; row < column.rows(); row++) {
        int code = column.code(row);
        if (code < 0) {
          missing++;
        } else {
          rows[code]++;
        }
      }
      for (int code = 0; code < rows.length; code++) {
        if (rows[code] > 0) {
          add(values.get(code), rows[code]);
        }
      }
    }

    private void add(String text, long rows) {
      counts.computeIfAbsent(text, key -> new Count()).rows += rows;
    }

    @Override
    public void merge(Tally other) {
      Values values = (Values) other;
      values.counts.forEach((text, count) -> add(text, count.rows));
      missing += values.missing;
    }
  }
}
