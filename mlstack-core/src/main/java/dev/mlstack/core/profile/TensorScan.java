package dev.mlstack.core.profile;

import dev.mlstack.core.math.ExactSum;
import dev.mlstack.schema.Field;
import dev.mlstack.table.ColumnData;
import dev.mlstack.table.TensorColumn;

/** A column of tensors before its only round. */
record TensorScan(Field field, int size) implements ColumnScan {

  @Override
  public Tally tally() {
    return new Numbers(size);
  }

  @Override
  public ColumnScan next(Tally total) {
    Numbers numbers = (Numbers) total;
    boolean none = numbers.present == 0;
    return new Done(
        new TensorProfile(
            field,
            numbers.missing,
            numbers.present,
            none ? Double.NaN : numbers.min,
            none ? Double.NaN : numbers.max,
            numbers.sum.value() / ((double) numbers.present * size)));
  }

  /** All numbers of some tensors. */
  private static final class Numbers implements Tally {
    private final float[] tensor;
    private final ExactSum sum = new ExactSum();
    private double min = Double.POSITIVE_INFINITY;
    private double max = Double.NEGATIVE_INFINITY;
    private long missing;
    private long present;

    Numbers(int size) {
      this.tensor = new float[size];
    }

    @Override
    public void add(ColumnData column) {
      TensorColumn tensors = (TensorColumn) column;
      for (int row = 0; row < tensors.rows(); row++) {
        if (tensors.isNull(row)) {
          missing++;
        } else {
          tensors.read(row, tensor, 0);
          add();
        }
      }
    }

    private void add() {
      present++;
      for (float number : tensor) {
        min = Math.min(min, number);
        max = Math.max(max, number);
        sum.add(number);
      }
    }

    @Override
    public void merge(Tally other) {
      Numbers numbers = (Numbers) other;
      min = Math.min(min, numbers.min);
      max = Math.max(max, numbers.max);
      sum.add(numbers.sum);
      missing += numbers.missing;
      present += numbers.present;
    }
  }
}
