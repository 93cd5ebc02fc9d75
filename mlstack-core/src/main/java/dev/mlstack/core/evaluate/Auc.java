package dev.mlstack.core.evaluate;

import dev.mlstack.core.math.ExactSum;
import dev.mlstack.core.math.StableMath;
import java.util.Arrays;

/**
 * The area under the ROC curve: the probability that a positive row scores higher than a negative
 * one, where equal scores count half.
 *
 * <p>The variance is that of E. DeLong, D. DeLong and D. Clarke-Pearson, "Comparing the areas under
 * two or more correlated receiver operating characteristic curves: a nonparametric approach",
 * Biometrics 44, 1988: it comes from the placements, the fraction of rows of the other kind that
 * each row scores better than. As X. Sun and W. Xu show ("Fast implementation of DeLong's
 * algorithm", IEEE Signal Processing Letters 21, 2014), placements follow from ranks, so that
 * sorting is all the work: {@code O((m + n) log(m + n))}.
 */
final class Auc {

  private static final int BISECTIONS = 100;

  private final double[] positives;
  private final double[] negatives;
  private final double value;

  /**
   * Computes the area.
   *
   * @param positives the scores of the positive rows; sorted by this call
   * @param negatives the scores of the negative rows; sorted by this call
   */
  Auc(double[] positives, double[] negatives) {
    this.positives = positives;
    this.negatives = negatives;
    Arrays.sort(positives);
    Arrays.sort(negatives);
    this.value = twiceWins() / (2.0 * positives.length * negatives.length);
  }

  /** Counts the pairs whose positive row scores higher twice, and those that score equally once. */
  private long twiceWins() {
    long wins = 0;
    int below = 0;
    int notAbove = 0;
    for (double score : positives) {
      while (below < negatives.length && negatives[below] < score) {
        below++;
      }
      notAbove = Math.max(notAbove, below);
      while (notAbove < negatives.length && negatives[notAbove] <= score) {
        notAbove++;
      }
      wins += below + notAbove;
    }
    return wins;
  }

  /** Returns the area; NaN if there are only positive or only negative rows. */
  double value() {
    return value;
  }

  /**
   * Returns by how much a row moves the area: its placement less the area, divided by the number of
   * rows of its kind.
   */
  double influence(double score, boolean positive) {
    double[] others = positive ? negatives : positives;
    double twice = lowerBound(others, score) + (double) upperBound(others, score);
    double placement = twice / (2.0 * others.length);
    return positive
        ? (placement - value) / positives.length
        : (1 - placement - value) / negatives.length;
  }

  /** Returns DeLong's variance; NaN if there are fewer than two rows of a kind. */
  double variance() {
    return variance(positives, true) + variance(negatives, false);
  }

  private double variance(double[] scores, boolean positive) {
    ExactSum squares = new ExactSum();
    for (double score : scores) {
      double influence = influence(score, positive);
      squares.add(influence * influence);
    }
    return squares.value() * scores.length / (scores.length - 1.0);
  }

  /** Returns the area with its interval. */
  Estimate estimate() {
    return estimate(value, variance(), positives.length, negatives.length);
  }

  /**
   * Returns an area with the interval that is symmetric on the scale of {@code log(area / (1 -
   * area))} and so stays between 0 and 1. Where the variance is 0 (all positive rows above all
   * negative ones, or all scores equal) or unknown (a single row of a kind), it tells nothing about
   * data not seen, and the interval that is taken needs none.
   *
   * @param area an area, or a mean of several; NaN if it is not defined
   * @param variance its variance; may be NaN
   * @param m the number of positive rows
   * @param n the number of negative rows
   */
  static Estimate estimate(double area, double variance, long m, long n) {
    if (Double.isNaN(area)) {
      return Estimate.UNDEFINED;
    }
    if (!(variance > 0)) {
      return new Estimate(area, scoreLimit(area, 0, m, n), scoreLimit(area, 1, m, n));
    }
    double logit = StableMath.log(area / (1 - area));
    double half = Estimate.Z * Math.sqrt(variance) / (area * (1 - area));
    return new Estimate(area, StableMath.sigmoid(logit - half), StableMath.sigmoid(logit + half));
  }

  /**
   * Returns the limit between an area and an end of the scale: the true area at which the one
   * observed is just {@code Z} standard errors away. This is method 5 of R. Newcombe, "Confidence
   * intervals for an effect size measure based on the Mann-Whitney statistic, part 2", Statistics
   * in Medicine 25, 2006, with the variance of J. Hanley and B. McNeil for a true area.
   */
  private static double scoreLimit(double area, double end, long m, long n) {
    double inside = area;
    double outside = end;
    for (int i = 0; i < BISECTIONS; i++) {
      double middle = (inside + outside) / 2;
      if (Math.abs(area - middle) <= Estimate.Z * hanleyMcNeilError(middle, m, n)) {
        inside = middle;
      } else {
        outside = middle;
      }
    }
    return inside;
  }

  private static double hanleyMcNeilError(double area, long m, long n) {
    double others = (m + n) / 2.0 - 1;
    double above = (1 - area) / (2 - area);
    double below = area / (1 + area);
    double factor = 1 + others * (above + below);
    return Math.sqrt(area * (1 - area) * factor / ((double) m * n));
  }

  /** Returns how many numbers are below {@code x}. */
  private static int lowerBound(double[] sorted, double x) {
    int from = 0;
    int to = sorted.length;
    while (from < to) {
      int middle = (from + to) >>> 1;
      if (sorted[middle] < x) {
        from = middle + 1;
      } else {
        to = middle;
      }
    }
    return from;
  }

  /** Returns how many numbers are not above {@code x}. */
  private static int upperBound(double[] sorted, double x) {
    int from = 0;
    int to = sorted.length;
    while (from < to) {
      int middle = (from + to) >>> 1;
      if (sorted[middle] <= x) {
        from = middle + 1;
      } else {
        to = middle;
      }
    }
    return from;
  }
}
