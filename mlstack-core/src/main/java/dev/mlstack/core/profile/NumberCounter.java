package dev.mlstack.core.profile;

import dev.mlstack.table.ColumnData;
import dev.mlstack.table.Row;
import java.util.Arrays;
import java.util.List;

/** Counts numbers in bins. */
final class NumberCounter extends CellCounter implements NumberReader.Sink {

  /** One less than the least power of two that is no less than {@link Bins#MAX}. */
  private static final int PLACES = 31;

  private final NumberReader reader;
  private final double[] borders;
  private final double min;
  private final double max;

  NumberCounter(NumberCells cells, int field) {
    super(cells, field);
    this.reader = new NumberReader(cells.field().type());
    List<Double> given = cells.bins().borders();
    this.borders = new double[PLACES];
    Arrays.setAll(borders, i -> i < given.size() ? given.get(i) : Double.NaN);
    this.min = cells.min();
    this.max = cells.max();
  }

  @Override
  void add(Row row) {
    add(reader.read(row, field), 1);
  }

  @Override
  void add(ColumnData data) {
    reader.read(data, this);
  }

  @Override
  public void add(double[] numbers, int count) {
    for (int i = 0; i < count; i++) {
      add(numbers[i], 1);
    }
  }

  /** {@inheritDoc} A bin is unseen if none of its numbers lies between the ends. */
  @Override
  void add(ColumnProfile profile) {
    NumberProfile numbers = (NumberProfile) profile;
    BinCounts bins = numbers.bins();
    for (int i = 0; i < bins.size(); i++) {
      double low = Math.max(numbers.min(), numbers.keys().number(bins.low(i)));
      double high = Math.min(numbers.max(), numbers.keys().number(bins.high(i)));
      counts[bin(Double.isNaN(low) ? numbers.min() : low)] += bins.count(i);
      unseen += low <= max && high >= min ? 0 : bins.count(i);
    }
    counts[counts.length - 1] += numbers.missing();
  }

  private void add(double number, long rows) {
    if (number >= min && number <= max) {
      counts[bin(number)] += rows;
    } else if (Double.isNaN(number)) {
      counts[counts.length - 1] += rows;
    } else {
      counts[bin(number)] += rows;
      unseen += rows;
    }
  }

  /**
   * Returns how many borders are not above a number, in five steps whose outcome the processor need
   * not guess. No number reaches the NaN behind the last border.
   */
  private int bin(double number) {
    int bin = number >= borders[15] ? 16 : 0;
    bin += number >= borders[bin + 7] ? 8 : 0;
    bin += number >= borders[bin + 3] ? 4 : 0;
    bin += number >= borders[bin + 1] ? 2 : 0;
    bin += number >= borders[bin] ? 1 : 0;
    return bin;
  }
}
