package dev.mlstack.core.profile;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleToLongFunction;

/**
 * Numbers in cells of equal width.
 *
 * @param borders the borders, rising: cell {@code i} lies between border {@code i} and the next;
 *     NaN each if there is no number
 * @param counts how many numbers are in each cell, one less than there are borders
 */
public record Histogram(List<Double> borders, List<Long> counts) {

  /** Copies the lists and checks that they fit each other. */
  public Histogram {
    borders = List.copyOf(borders);
    counts = List.copyOf(counts);
    if (borders.size() != counts.size() + 1) {
      throw new IllegalArgumentException(
          "borders must be one more than counts but are "
              + borders.size()
              + " beside "
              + counts.size());
    }
  }

  /** Returns the histogram of a column with at most one different number. */
  static Histogram ofOne(double number, long count) {
    return new Histogram(List.of(number, number), List.of(count));
  }

  /**
   * Returns a histogram.
   *
   * @param rank how many numbers do not exceed one
   * @param below how many numbers lie before the first cell
   * @param all how many numbers lie in all cells
   */
  static Histogram of(
      double low, double high, int cells, DoubleToLongFunction rank, long below, long all) {
    List<Double> borders = new ArrayList<>();
    List<Long> counts = new ArrayList<>();
    borders.add(low);
    long counted = 0;
    for (int i = 1; i <= cells; i++) {
      // In two products, as the distance of the ends may be beyond all doubles.
      double part = (double) i / cells;
      double border = i == cells ? high : low * (1 - part) + high * part;
      long upTo = i == cells ? all : Math.min(all, rank.applyAsLong(border) - below);
      borders.add(border);
      counts.add(Math.max(0, upTo - counted));
      counted = Math.max(counted, upTo);
    }
    return new Histogram(borders, counts);
  }
}
