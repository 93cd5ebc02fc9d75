package dev.mlstack.serve.watch;

import dev.mlstack.core.math.StableMath;
import java.util.ArrayList;
import java.util.List;

/**
 * Compares the counts of two samples over the same cells.
 *
 * <p>Cells in which fewer than five rows of either sample are to be expected are first joined with
 * their neighbours, as the chi-square distribution is a good approximation only above (W. Cochran,
 * "Some methods for strengthening the common chi-square tests", 1954).
 */
final class CellTest {

  private static final double MIN_EXPECTED = 5;

  private final long[] reference;
  private final long[] live;
  private final double referenceRows;
  private final double liveRows;

  /** Takes two samples; both have at least one row. */
  CellTest(long[] reference, long[] live) {
    this.referenceRows = sum(reference);
    this.liveRows = sum(live);
    List<long[]> joined = join(reference, live);
    this.reference = joined.stream().mapToLong(cell -> cell[0]).toArray();
    this.live = joined.stream().mapToLong(cell -> cell[1]).toArray();
  }

  /** Returns the cells, each with its two counts, after small ones were joined with neighbours. */
  private static List<long[]> join(long[] reference, long[] live) {
    double total = sum(reference) + sum(live);
    double smaller = Math.min(sum(reference), sum(live));
    List<long[]> joined = new ArrayList<>();
    long[] open = new long[2];
    for (int i = 0; i < reference.length; i++) {
      open[0] += reference[i];
      open[1] += live[i];
      if ((open[0] + open[1]) / total * smaller >= MIN_EXPECTED) {
        joined.add(open);
        open = new long[2];
      }
    }
    if (joined.isEmpty()) {
      joined.add(open);
    } else {
      long[] last = joined.get(joined.size() - 1);
      last[0] += open[0];
      last[1] += open[1];
    }
    return joined;
  }

  private static double sum(long[] counts) {
    double sum = 0;
    for (long count : counts) {
      sum += count;
    }
    return sum;
  }

  /** Returns how many cells are compared. */
  int cells() {
    return reference.length;
  }

  /**
   * Returns the probability of a difference at least as large if both samples came from one
   * distribution (Pearson's chi-square test of homogeneity); 1 if there is but one cell.
   */
  double pValue() {
    if (cells() < 2) {
      return 1;
    }
    double statistic = 0;
    for (int i = 0; i < cells(); i++) {
      double difference = reference[i] / referenceRows - live[i] / liveRows;
      statistic += difference * difference / (reference[i] + live[i]);
    }
    return ChiSquare.upperTail(statistic * referenceRows * liveRows, cells() - 1);
  }

  /**
   * Returns the Jensen-Shannon distance, from 0 (the same shares) to 1 (no cell in common): the
   * square root of the divergence in bits (D. Endres and J. Schindelin, "A new metric for
   * probability distributions", 2003).
   */
  double distance() {
    double nats = 0;
    for (int i = 0; i < cells(); i++) {
      double a = reference[i] / referenceRows;
      double b = live[i] / liveRows;
      double mean = (a + b) / 2;
      nats += term(a, mean) / 2 + term(b, mean) / 2;
    }
    return Math.sqrt(Math.max(0, Math.min(1, nats / StableMath.log(2))));
  }

  private static double term(double share, double mean) {
    return share == 0 ? 0 : share * StableMath.log(share / mean);
  }
}
