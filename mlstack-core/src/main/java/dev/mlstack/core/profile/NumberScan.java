package dev.mlstack.core.profile;

import dev.mlstack.core.math.ExactSum;
import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.table.ColumnData;

/**
 * A column of numbers before its first round, which finds the ends, the sum, and the values if they
 * are few.
 *
 * @param field the column
 * @param columns how many columns are scanned at once
 */
record NumberScan(Field field, int columns) implements ColumnScan {

  @Override
  public Tally tally() {
    return new Ends(field.type());
  }

  @Override
  public ColumnScan next(Tally total) {
    Ends ends = (Ends) total;
    return ends.count() == 0
        ? new Done(NumberProfile.ofNothing(field, ends.missing()))
        : NumberRefinement.start(field, ends, columns);
  }

  /** What the first round finds. */
  static final class Ends implements Tally, NumberReader.Sink {
    private final NumberReader reader;
    private final ExactSum sum = new ExactSum();
    private final FewValues values = new FewValues();
    private double min = Double.POSITIVE_INFINITY;
    private double max = Double.NEGATIVE_INFINITY;
    private long count;
    private long missing;

    Ends(FieldType type) {
      this.reader = new NumberReader(type);
    }

    @Override
    public void add(ColumnData column) {
      reader.read(column, this);
    }

    @Override
    public void add(double[] numbers, int size) {
      for (int i = 0; i < size; i++) {
        double number = numbers[i] + 0.0; // -0.0 becomes 0.0
        if (Double.isNaN(number)) {
          missing++;
        } else {
          min = Math.min(min, number);
          max = Math.max(max, number);
          sum.add(number);
          values.add(number);
          count++;
        }
      }
    }

    @Override
    public void merge(Tally other) {
      Ends ends = (Ends) other;
      min = Math.min(min, ends.min);
      max = Math.max(max, ends.max);
      sum.add(ends.sum);
      values.add(ends.values);
      count += ends.count;
      missing += ends.missing;
    }

    double min() {
      return min;
    }

    double max() {
      return max;
    }

    double mean() {
      return sum.value() / count;
    }

    FewValues values() {
      return values;
    }

    /** Returns how many numbers there are. */
    long count() {
      return count;
    }

    /** Returns how many numbers are missing. */
    long missing() {
      return missing;
    }
  }
}
