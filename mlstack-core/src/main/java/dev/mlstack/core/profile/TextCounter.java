package dev.mlstack.core.profile;

import dev.mlstack.table.CategoryColumn;
import dev.mlstack.table.ColumnData;
import dev.mlstack.table.Row;
import dev.mlstack.table.TextColumn;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Counts texts by their values. */
final class TextCounter extends CellCounter {

  private final Map<String, Integer> cells = new HashMap<>();
  private final boolean hasLong;
  private final int other;
  private final boolean complete;

  TextCounter(TextCells known, int field) {
    super(known, field);
    known.values().forEach(value -> cells.put(value, cells.size()));
    this.hasLong = known.values().stream().anyMatch(Labels::isShortened);
    this.other = known.values().size();
    this.complete = known.others() == 0;
  }

  private int cell(@Nullable String text) {
    if (text == null) {
      return other + 1;
    }
    Integer known = cells.get(text);
    if (known == null && hasLong) {
      known = cells.get(Labels.of(text));
    }
    return known == null ? other : known;
  }

  private void count(int cell, long rows) {
    counts[cell] += rows;
    unseen += cell == other && complete ? rows : 0;
  }

  @Override
  void add(Row row) {
    count(cell(row.text(field)), 1);
  }

  @Override
  void add(ColumnData data) {
    if (data instanceof CategoryColumn categories) {
      addCodes(categories);
      return;
    }
    TextColumn texts = (TextColumn) data;
    for (int row = 0; row < texts.rows(); row++) {
      count(cell(texts.get(row)), 1);
    }
  }

  private void addCodes(CategoryColumn column) {
    List<String> values = column.values();
    int[] cellOfCode = values.stream().mapToInt(this::cell).toArray();
    for (int row = 0; row < column.rows(); row++) {
      int code = column.code(row);
      count(code < 0 ? other + 1 : cellOfCode[code], 1);
    }
  }

  @Override
  void add(ColumnProfile profile) {
    TextProfile texts = (TextProfile) profile;
    Objects.requireNonNull(texts.counted())
        .forEach((label, rows) -> count(cells.getOrDefault(label, other), rows));
    count(other + 1, texts.missing());
  }
}
