package dev.mlstack.data.check;

import dev.mlstack.compute.Execution;
import dev.mlstack.data.internal.KeyIndex;
import dev.mlstack.data.internal.RowBytes;
import dev.mlstack.table.ColumnData;
import dev.mlstack.table.Table;
import java.util.Arrays;
import java.util.List;

/**
 * The keys of some rows, divided by their hash into {@link #PARTITIONS}: equal keys are in equal
 * partitions, so each is searched by itself, in a table that fits into the cache of the processor.
 * Takes some 12 bytes for each key beside those of the key.
 */
final class KeyShare implements RuleTest.Part {

  /** How many partitions there are. */
  static final int PARTITIONS = 64;

  private static final int SHIFT = Long.SIZE - 6;

  private final int[] fields;
  private final KeyPages[] partitions = new KeyPages[PARTITIONS];
  private long rows;

  KeyShare(int... fields) {
    this.fields = fields;
    Arrays.setAll(partitions, i -> new KeyPages());
  }

  @Override
  public void test(Table table, Found found) {
    RowBytes key = new RowBytes(table, fields);
    ColumnData[] columns = KeyRules.columns(table, fields);
    for (int row = 0; row < table.rows(); row++) {
      if (!KeyRules.anyMissing(columns, row)) {
        key.write(row);
        long hash = key.hash(0);
        partitions[(int) (hash >>> SHIFT)].add(rows + row, key.bytes(), key.length());
      }
    }
    rows += table.rows();
  }

  /** Returns the rows whose keys stand before, in the same share or one before it. */
  static RuleTest.LateRows duplicates(List<KeyShare> shares, Execution execution) {
    long[] starts = new long[shares.size()];
    for (int i = 1; i < starts.length; i++) {
      starts[i] = starts[i - 1] + shares.get(i - 1).rows;
    }
    List<Duplicates> all =
        Parallel.map(PARTITIONS, partition -> search(shares, starts, partition), execution);
    long[] positions =
        all.stream()
            .flatMapToLong(found -> Arrays.stream(found.positions()))
            .sorted()
            .limit(CheckReport.MAX_FAILED_IDS)
            .toArray();
    return new RuleTest.LateRows(all.stream().mapToLong(found -> found.count).sum(), positions);
  }

  private static Duplicates search(List<KeyShare> shares, long[] starts, int partition) {
    Duplicates found = new Duplicates();
    KeyIndex index = new KeyIndex();
    for (int i = 0; i < starts.length; i++) {
      long start = starts[i];
      shares.get(i).partitions[partition].forEach(
          (position, bytes, from, length) -> {
            if (index.addBytes(bytes, from, length, 0) != KeyIndex.NEW) {
              found.add(start + position);
            }
          });
      // What was searched is needed no more.
      shares.get(i).partitions[partition] = new KeyPages();
    }
    return found;
  }

  /** The first rows of a partition that fail. */
  private static final class Duplicates {
    private long[] first = {};
    private long count;

    void add(long position) {
      if (count < CheckReport.MAX_FAILED_IDS) {
        if (count == first.length) {
          first = Arrays.copyOf(first, Math.max(16, 2 * first.length));
        }
        first[(int) count] = position;
      }
      count++;
    }

    long[] positions() {
      return Arrays.copyOf(first, (int) Math.min(count, first.length));
    }
  }
}
