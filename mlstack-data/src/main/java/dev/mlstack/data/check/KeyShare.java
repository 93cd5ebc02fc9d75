package dev.mlstack.data.check;

import dev.mlstack.compute.Execution;
import dev.mlstack.data.internal.KeyIndex;
import dev.mlstack.schema.FieldType;
import dev.mlstack.schema.Schema;
import dev.mlstack.table.Table;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * The keys of some rows, divided by their hash into {@link #PARTITIONS}: equal keys are in equal
 * partitions, so each is searched by itself, in a table that fits into the cache of the processor.
 */
abstract sealed class KeyShare implements RuleTest.Part permits BytesShare, WholesShare {

  /** How many partitions there are. */
  static final int PARTITIONS = 64;

  private static final int SHIFT = Long.SIZE - 6;

  private long rows;
  private long keys;

  /**
   * Begins without keys.
   *
   * @param passesNan whether NaN is no key
   */
  static KeyShare of(Schema schema, boolean passesNan, int... fields) {
    return isWhole(schema, fields) ? new WholesShare(fields[0]) : new BytesShare(passesNan, fields);
  }

  /** Tells whether keys are those of one column whose values are whole numbers in memory. */
  static boolean isWhole(Schema schema, int... fields) {
    FieldType type = schema.field(fields[0]).type();
    return fields.length == 1
        && (type instanceof FieldType.Int
            || type instanceof FieldType.Date
            || type instanceof FieldType.Timestamp
            || type instanceof FieldType.Bool);
  }

  /** Returns the partition of keys with a hash. */
  static int partition(long hash) {
    return (int) (hash >>> SHIFT);
  }

  @Override
  public void test(Table table, Found found) {
    keys += divide(table, rows);
    rows += table.rows();
  }

  /**
   * Takes the keys of a table.
   *
   * @param start how many rows stand before it in this share
   * @return how many keys it has
   */
  abstract long divide(Table table, long start);

  /**
   * Adds the keys of a partition to those that were seen, and forgets them.
   *
   * @param again hears of the rows of this share whose keys were seen before
   */
  abstract void search(int partition, Seen seen, LongConsumer again);

  /** The keys of a partition that were seen in shares before: as bytes, or as whole numbers. */
  record Seen(KeyIndex bytes, LongSet wholes) {}

  /** Returns how many keys there are, equal ones too. */
  long keys() {
    return keys;
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
    Seen seen = new Seen(new KeyIndex(), new LongSet());
    for (int i = 0; i < starts.length; i++) {
      long start = starts[i];
      shares.get(i).search(partition, seen, position -> found.add(start + position));
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
