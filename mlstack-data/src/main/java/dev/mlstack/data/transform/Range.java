package dev.mlstack.data.transform;

import dev.mlstack.feature.ValueBlock;

/** The smallest and the largest of the finite numbers of a column; 0 if there is none. */
final class Range {

  private double min = Double.POSITIVE_INFINITY;
  private double max = Double.NEGATIVE_INFINITY;

  static Range of(ValueBlock.Numbers block) {
    Range range = new Range();
    for (int i = 0; i < block.size(); i++) {
      double value = block.values()[i];
      if (Math.abs(value) <= Double.MAX_VALUE) {
        range.add(value);
      }
    }
    return range;
  }

  /** Adds a finite number. In a loop, comparing is several times as fast as Math.min and max. */
  void add(double value) {
    if (value < min) {
      min = value;
    }
    if (value > max) {
      max = value;
    }
  }

  /** Adds the numbers of another range and returns this one. */
  Range merge(Range other) {
    min = Math.min(min, other.min);
    max = Math.max(max, other.max);
    return this;
  }

  double min() {
    return max < min ? 0 : min + 0.0;
  }

  double max() {
    return max < min ? 0 : max + 0.0;
  }
}
