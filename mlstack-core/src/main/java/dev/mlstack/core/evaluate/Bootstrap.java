package dev.mlstack.core.evaluate;

import dev.mlstack.compute.RandomStream;
import java.util.Arrays;
import java.util.function.ToDoubleFunction;

/**
 * The interval of a figure that is a function of sums over rows, found by drawing rows anew with
 * replacement (B. Efron, "Bootstrap methods: another look at the jackknife", Annals of Statistics
 * 7, 1979; percentiles of {@link #RESAMPLES} draws).
 *
 * <p>Of more than {@link #MAX_GROUPS} rows, random groups are drawn instead of single rows. A sum
 * over groups varies as one over rows does, so that the interval stays what it is, give or take
 * some 5% of its width, while the cost no longer grows with the rows. Draws come from a fixed seed:
 * the same rows give the same bits.
 */
final class Bootstrap {

  static final int RESAMPLES = 1000;
  static final int MAX_GROUPS = 1000;

  private static final int MIN_GROUPS = 100;
  private static final int MAX_SUMS = 300_000;
  private static final RandomStream STREAM = RandomStream.of(0, "bootstrap");

  private final int rows;
  private final int width;
  private final int groups;
  private final double[] sums;
  private final RandomStream grouping = STREAM.child("groups");

  /**
   * Prepares sums of 0.
   *
   * @param rows how many rows there are
   * @param width how many sums there are
   */
  Bootstrap(int rows, int width) {
    this.rows = rows;
    this.width = width;
    int affordable = Math.max(MIN_GROUPS, MAX_SUMS / width);
    this.groups = Math.min(rows, Math.min(MAX_GROUPS, affordable));
    this.sums = new double[groups * width];
  }

  /** Adds to one of the sums what a row contributes to it. */
  void add(int row, int sum, double value) {
    int group = groups == rows ? row : grouping.below(groups, row);
    sums[group * width + sum] += value;
  }

  /**
   * Returns the interval.
   *
   * @param value the figure of the rows as they are
   * @param figure computes the figure from the sums; draws for which it is NaN are left out
   */
  Estimate estimate(double value, ToDoubleFunction<double[]> figure) {
    if (Double.isNaN(value)) {
      return Estimate.UNDEFINED;
    }
    double[] figures = new double[RESAMPLES];
    int defined = 0;
    for (int i = 0; i < RESAMPLES; i++) {
      double resampled = figure.applyAsDouble(resample(i));
      if (!Double.isNaN(resampled)) {
        figures[defined++] = resampled;
      }
    }
    if (defined == 0) {
      return new Estimate(value, Double.NaN, Double.NaN);
    }
    Arrays.sort(figures, 0, defined);
    int tail = (int) (defined * (1 - Evaluator.LEVEL) / 2);
    return new Estimate(value, figures[tail], figures[defined - 1 - tail]);
  }

  private double[] resample(int number) {
    RandomStream draws = STREAM.child(number);
    int[] times = new int[groups];
    for (int i = 0; i < groups; i++) {
      times[draws.below(groups, i)]++;
    }
    double[] total = new double[width];
    for (int group = 0; group < groups; group++) {
      for (int i = 0; i < width && times[group] > 0; i++) {
        total[i] += times[group] * sums[group * width + i];
      }
    }
    return total;
  }
}
