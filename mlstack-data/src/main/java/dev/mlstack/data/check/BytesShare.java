package dev.mlstack.data.check;

import dev.mlstack.data.internal.KeyIndex;
import dev.mlstack.data.internal.RowBytes;
import dev.mlstack.table.ColumnData;
import dev.mlstack.table.DoubleColumn;
import dev.mlstack.table.Table;
import java.util.Arrays;
import java.util.function.LongConsumer;

/** Keys of any columns. Takes some 12 bytes for each beside those of the key. */
final class BytesShare extends KeyShare {

  private final int[] fields;
  private final KeyPages[] partitions = new KeyPages[PARTITIONS];
  private final boolean passesNan;

  BytesShare(boolean passesNan, int... fields) {
    this.passesNan = passesNan;
    this.fields = fields;
    Arrays.setAll(partitions, i -> new KeyPages());
  }

  @Override
  long divide(Table table, long start) {
    RowBytes key = new RowBytes(table, fields);
    ColumnData[] columns = KeyRules.columns(table, fields);
    long keys = 0;
    for (int row = 0; row < table.rows(); row++) {
      if (!KeyRules.anyMissing(columns, row) && !(passesNan && isNan(columns[0], row))) {
        keys++;
        key.write(row);
        partitions[partition(key.hash(0))].add(start + row, key.bytes(), key.length());
      }
    }
    return keys;
  }

  static boolean isNan(ColumnData column, int row) {
    return column instanceof DoubleColumn reals && Double.isNaN(reals.get(row));
  }

  @Override
  void search(int partition, Seen seen, LongConsumer again) {
    partitions[partition].forEach(
        (position, bytes, from, length) -> {
          if (seen.bytes().addBytes(bytes, from, length, 0) != KeyIndex.NEW) {
            again.accept(position);
          }
        });
    partitions[partition] = new KeyPages();
  }
}
