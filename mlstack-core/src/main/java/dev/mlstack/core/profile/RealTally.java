package dev.mlstack.core.profile;

import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.table.ColumnData;
import dev.mlstack.table.DoubleColumn;
import dev.mlstack.table.Row;
import dev.mlstack.table.TensorColumn;
import org.jspecify.annotations.Nullable;

/** Profiles a column of doubles, or of tensors, each of which counts with its mean. */
final class RealTally implements ColumnTally {

  private final Field field;
  private final RealSums.Scratch scratch;
  private final float[] tensor;
  private final double[] values = new double[BLOCK];
  private final long[] keys = new long[BLOCK];
  private final boolean[] missing = new boolean[BLOCK];
  private final PrefixBins bins = new PrefixBins();
  private long nulls;
  private long nans;
  private @Nullable Many many;

  RealTally(Field field, RealSums.Scratch scratch) {
    this.field = field;
    this.scratch = scratch;
    this.tensor = new float[field.type() instanceof FieldType.Tensor type ? type.size() : 0];
  }

  @Override
  public void read(ColumnData column, int from, int count) {
    if (column instanceof TensorColumn tensors) {
      for (int i = 0; i < count; i++) {
        tensors.read(from + i, tensor, 0);
        values[i] = mean();
      }
    } else {
      ((DoubleColumn) column).read(from, count, values, 0);
    }
    if (column.hasNulls()) {
      column.readNulls(from, count, missing, 0);
      int nullsOfBlock = 0;
      for (int i = 0; i < count; i++) {
        nullsOfBlock += missing[i] ? 1 : 0;
      }
      nulls += nullsOfBlock;
      nans -= nullsOfBlock; // As they will be counted with those that are not a number.
    }
  }

  @Override
  public void read(Row row, int index, int at) {
    if (tensor.length == 0) {
      values[at] = row.number(index);
    } else {
      row.tensor(index, tensor, 0);
      values[at] = mean();
    }
    if (Double.isNaN(values[at]) && row.isNull(index)) {
      nulls++;
      nans--;
    }
  }

  /** Returns the mean of the numbers of the tensor, summed in order. */
  private double mean() {
    double sum = 0;
    for (float number : tensor) {
      sum += number;
    }
    return sum / tensor.length;
  }

  @Override
  public void add(int count, byte[] levels, int from) {
    int size = 0;
    for (int i = 0; i < count; i++) {
      double value = values[i];
      values[size] = value;
      keys[size] = Keys.ofReal(value);
      size += Double.isNaN(value) ? 0 : 1;
    }
    nans += count - size;
    int done = many == null ? bins.addExactly(keys, 0, size) : 0;
    if (done < size) {
      addMany(done, size);
    }
  }

  private void addMany(int from, int to) {
    Many facts = many;
    if (facts == null) {
      facts = new Many(NumberFacts.of(bins.counts(), Keys.REAL), scratch);
      many = facts;
    }
    bins.add(keys, from, to);
    facts.add(values, keys, from, to);
  }

  @Override
  public ColumnProfile profile() {
    BinCounts counts = bins.counts();
    NumberFacts facts = many == null ? NumberFacts.of(counts, Keys.REAL) : many.facts();
    return new NumberProfile(field, nulls, nans, counts, facts);
  }

  /** What is tallied once there are too many values for a bin each. */
  private static final class Many {
    private final NumberFacts before;
    private final RealSums sums;
    private final Registers registers = new Registers();
    private long min = Long.MAX_VALUE;
    private long max = Long.MIN_VALUE;
    private long zeros;
    private long wholes;

    Many(NumberFacts before, RealSums.Scratch scratch) {
      this.before = before;
      this.sums = new RealSums(scratch);
    }

    void add(double[] values, long[] keys, int from, int to) {
      sums.add(values, from, to);
      registers.addWholes(keys, from, to);
      long low = min;
      long high = max;
      for (int i = from; i < to; i++) {
        low = Math.min(low, keys[i]);
        high = Math.max(high, keys[i]);
      }
      min = low;
      max = high;
      long zero = 0;
      long whole = 0;
      for (int i = from; i < to; i++) {
        double value = values[i];
        zero += value == 0 ? 1 : 0;
        // What does not fit into 64 bits has no fraction; infinities count, too.
        whole += value == (long) value || Math.abs(value) >= 0x1.0p63 ? 1 : 0;
      }
      zeros += zero;
      wholes += whole;
    }

    NumberFacts facts() {
      long below = sums.infinite(true);
      long above = sums.infinite(false);
      return before.plus(
          new NumberFacts(
              min, max, zeros, wholes - below - above, below, above, sums.sums(), registers));
    }
  }
}
