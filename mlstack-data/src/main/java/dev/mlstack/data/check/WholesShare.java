package dev.mlstack.data.check;

import dev.mlstack.table.LongColumn;
import dev.mlstack.table.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongConsumer;

/** Keys of one column whose values are whole numbers in memory. Takes 16 bytes for each. */
final class WholesShare extends KeyShare {

  private static final int BLOCK_ROWS = 1024;

  private final int field;
  private final Pages[] partitions = new Pages[PARTITIONS];

  WholesShare(int field) {
    this.field = field;
    Arrays.setAll(partitions, i -> new Pages());
  }

  @Override
  long divide(Table table, long start) {
    LongColumn column = (LongColumn) table.column(field);
    long[] values = new long[BLOCK_ROWS];
    long keys = 0;
    for (int from = 0; from < table.rows(); from += BLOCK_ROWS) {
      int count = Math.min(BLOCK_ROWS, table.rows() - from);
      column.read(from, count, values, 0);
      for (int i = 0; i < count; i++) {
        if (!column.hasNulls() || !column.isNull(from + i)) {
          keys++;
          partitions[partition(LongSet.scrambled(values[i]))].add(start + from + i, values[i]);
        }
      }
    }
    return keys;
  }

  @Override
  void search(int partition, Seen seen, LongConsumer again) {
    partitions[partition].search(seen.wholes(), again);
    partitions[partition] = new Pages();
  }

  /** Positions of rows and their values in turn. */
  private static final class Pages {
    private static final int PAGE = 1 << 11;

    private final List<long[]> full = new ArrayList<>();
    private long[] page = {};
    private int at;

    void add(long position, long value) {
      if (at == page.length) {
        if (at > 0) {
          full.add(page);
        }
        page = new long[PAGE];
        at = 0;
      }
      page[at] = position;
      page[at + 1] = value;
      at += 2;
    }

    void search(LongSet seen, LongConsumer again) {
      for (long[] one : full) {
        search(one, one.length, seen, again);
      }
      search(page, at, seen, again);
    }

    private static void search(long[] page, int end, LongSet seen, LongConsumer again) {
      for (int i = 0; i < end; i += 2) {
        if (!seen.add(page[i + 1])) {
          again.accept(page[i]);
        }
      }
    }
  }
}
