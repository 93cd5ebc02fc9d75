package dev.mlstack.core.profile;

import dev.mlstack.schema.Field;
import dev.mlstack.table.ColumnData;
import dev.mlstack.table.LongColumn;
import dev.mlstack.table.Row;
import org.jspecify.annotations.Nullable;

/** Profiles a column of type bool, int, date or timestamp. */
final class WholeTally implements ColumnTally {

  private final Field field;
  private final long[] keys = new long[BLOCK];
  private final boolean[] isMissing = new boolean[BLOCK];
  private final PrefixBins bins = new PrefixBins();
  private int missing;
  private int size;
  private long nulls;
  private @Nullable Many many;

  WholeTally(Field field) {
    this.field = field;
  }

  @Override
  public void read(ColumnData column, int from, int count) {
    ((LongColumn) column).read(from, count, keys, 0);
    size = count;
    if (column.hasNulls()) {
      column.readNulls(from, count, isMissing, 0);
      size = 0;
      for (int i = 0; i < count; i++) {
        keys[size] = keys[i];
        size += isMissing[i] ? 0 : 1;
      }
    }
    missing = count - size;
  }

  @Override
  public void read(Row row, int index, int at) {
    if (at == 0) {
      size = 0;
      missing = 0;
    }
    if (row.isNull(index)) {
      missing++;
    } else {
      keys[size++] = row.integer(index);
    }
  }

  @Override
  public void add(int count, byte[] levels, int from) {
    nulls += missing;
    int done = many == null ? bins.addExactly(keys, 0, size) : 0;
    if (done < size) {
      addMany(done, size);
    }
  }

  private void addMany(int from, int to) {
    Many facts = many;
    if (facts == null) {
      facts = new Many(NumberFacts.of(bins.counts(), Keys.WHOLE));
      many = facts;
    }
    bins.add(keys, from, to);
    facts.add(keys, from, to);
  }

  @Override
  public ColumnProfile profile() {
    BinCounts counts = bins.counts();
    NumberFacts facts = many == null ? NumberFacts.of(counts, Keys.WHOLE) : many.facts();
    return new NumberProfile(field, nulls, 0, counts, facts);
  }

  /** What is tallied once there are too many values for a bin each. */
  private static final class Many {
    private final NumberFacts before;
    private final WholeSums sums = new WholeSums();
    private final Registers registers = new Registers();
    private long min = Long.MAX_VALUE;
    private long max = Long.MIN_VALUE;
    private long zeros;
    private long count;

    Many(NumberFacts before) {
      this.before = before;
    }

    void add(long[] keys, int from, int to) {
      sums.add(keys, from, to);
      registers.addWholes(keys, from, to);
      count += to - from;
      long low = min;
      long high = max;
      long zero = 0;
      for (int i = from; i < to; i++) {
        long key = keys[i];
        low = Math.min(low, key);
        high = Math.max(high, key);
        zero += key == 0 ? 1 : 0;
      }
      min = low;
      max = high;
      zeros += zero;
    }

    NumberFacts facts() {
      return before.plus(new NumberFacts(min, max, zeros, count, 0, 0, sums.sums(), registers));
    }
  }
}
