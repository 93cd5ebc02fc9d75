package dev.mlstack.core.profile;

import dev.mlstack.core.math.Hashes;
import dev.mlstack.table.CategoryColumn;
import dev.mlstack.table.ColumnData;
import dev.mlstack.table.Row;
import dev.mlstack.table.TextColumn;
import dev.mlstack.table.Utf8Block;
import java.util.Arrays;

/** Counts texts by their hashes. */
final class HashCounter extends CellCounter {

  private static final int BLOCK = 1024;

  private final Utf8Block texts = new Utf8Block();

  HashCounter(HashCells cells, int field) {
    super(cells, field);
  }

  private int cell(int index) {
    return HashCells.cell(Hashes.of(texts.bytes(), texts.start(index), texts.length(index)));
  }

  private int cell(String text) {
    texts.clear();
    texts.append(text);
    return cell(0);
  }

  @Override
  void add(Row row) {
    String text = row.text(field);
    counts[text == null ? HashCells.SIZE : cell(text)]++;
  }

  @Override
  void add(ColumnData data) {
    if (data instanceof CategoryColumn categories) {
      addCodes(categories);
      return;
    }
    for (int from = 0; from < data.rows(); from += BLOCK) {
      int size = Math.min(BLOCK, data.rows() - from);
      ((TextColumn) data).read(from, size, texts);
      for (int i = 0; i < size; i++) {
        boolean missing = data.hasNulls() && data.isNull(from + i);
        counts[missing ? HashCells.SIZE : cell(i)]++;
      }
    }
  }

  private void addCodes(CategoryColumn column) {
    int[] cellOfCode = column.values().stream().mapToInt(this::cell).toArray();
    for (int row = 0; row < column.rows(); row++) {
      int code = column.code(row);
      counts[code < 0 ? HashCells.SIZE : cellOfCode[code]]++;
    }
  }

  @Override
  void add(ColumnProfile profile) {
    TextProfile other = (TextProfile) profile;
    long[] rows = HashCells.of(other.field(), other.missing(), other.inBuckets().counts()).counts();
    Arrays.setAll(counts, i -> counts[i] + rows[i]);
  }
}
