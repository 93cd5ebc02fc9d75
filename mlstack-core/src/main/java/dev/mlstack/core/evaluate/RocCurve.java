package dev.mlstack.core.evaluate;

import dev.mlstack.model.Curve;
import java.util.Arrays;
import java.util.BitSet;

/**
 * The receiver operating characteristic: for each threshold, how many of the negative rows score at
 * least so high, and how many of the positive ones.
 *
 * <p>Of a curve with more than {@link #MAX_POINTS} corners, those on its convex hull are kept,
 * which are the thresholds that any costs of errors can make the best, and others at even steps
 * along the curve.
 */
final class RocCurve {

  static final int MAX_POINTS = 200;

  /** How many negative and positive rows score at least as high as each corner's threshold. */
  private final int[] falsePositives;

  private final int[] truePositives;
  private int corners;

  /**
   * Finds the corners.
   *
   * @param positives the scores of the positive rows, rising; at least one
   * @param negatives the scores of the negative rows, rising; at least one
   */
  RocCurve(double[] positives, double[] negatives) {
    this.falsePositives = new int[positives.length + negatives.length + 1];
    this.truePositives = new int[positives.length + negatives.length + 1];
    int i = positives.length;
    int j = negatives.length;
    addCorner(0, 0);
    while (i > 0 || j > 0) {
      double threshold = Math.max(last(positives, i), last(negatives, j));
      while (last(positives, i) == threshold) {
        i--;
      }
      while (last(negatives, j) == threshold) {
        j--;
      }
      addCorner(negatives.length - j, positives.length - i);
    }
  }

  private static double last(double[] scores, int count) {
    return count == 0 ? Double.NEGATIVE_INFINITY : scores[count - 1];
  }

  /** Adds a point, in place of the one before if that lies between on a level or upright line. */
  private void addCorner(int falsePositive, int truePositive) {
    boolean level =
        corners > 1
            && (isStraight(falsePositives, falsePositive)
                || isStraight(truePositives, truePositive));
    int at = level ? corners - 1 : corners++;
    falsePositives[at] = falsePositive;
    truePositives[at] = truePositive;
  }

  private boolean isStraight(int[] counts, int next) {
    return counts[corners - 1] == next && counts[corners - 2] == next;
  }

  /** Returns at most {@link #MAX_POINTS} points, from the origin to the opposite corner. */
  Curve toCurve(String name) {
    int[] points = corners <= MAX_POINTS ? range(corners) : thinned();
    double negatives = falsePositives[corners - 1];
    double positives = truePositives[corners - 1];
    return new Curve(
        name,
        "false positive rate",
        "true positive rate",
        Arrays.stream(points).mapToDouble(point -> falsePositives[point] / negatives).toArray(),
        Arrays.stream(points).mapToDouble(point -> truePositives[point] / positives).toArray());
  }

  private static int[] range(int size) {
    int[] range = new int[size];
    Arrays.setAll(range, i -> i);
    return range;
  }

  private int[] thinned() {
    int[] hull = hull();
    BitSet kept = new BitSet();
    for (int i : evenly(hull.length, MAX_POINTS)) {
      kept.set(hull[i]);
    }
    int[] rest = range(corners);
    rest = Arrays.stream(rest).filter(point -> !kept.get(point)).toArray();
    for (int i : evenly(rest.length, MAX_POINTS - kept.cardinality())) {
      kept.set(rest[i]);
    }
    return kept.stream().toArray();
  }

  /** Returns up to {@code count} of the indexes below {@code size}, evenly spaced from 0. */
  private static int[] evenly(int size, int count) {
    if (size <= count) {
      return range(size);
    }
    int[] indexes = new int[count];
    Arrays.setAll(indexes, i -> (int) ((long) i * (size - 1) / Math.max(1, count - 1)));
    return indexes;
  }

  /** Returns the corners of the upper convex hull (A. Andrew's monotone chain, 1979). */
  private int[] hull() {
    int[] hull = new int[corners];
    int size = 0;
    for (int point = 0; point < corners; point++) {
      while (size > 1 && !turnsRight(hull[size - 2], hull[size - 1], point)) {
        size--;
      }
      hull[size++] = point;
    }
    return Arrays.copyOf(hull, size);
  }

  private boolean turnsRight(int a, int b, int c) {
    long rise =
        (long) (truePositives[b] - truePositives[a]) * (falsePositives[c] - falsePositives[b]);
    long run =
        (long) (truePositives[c] - truePositives[b]) * (falsePositives[b] - falsePositives[a]);
    return rise > run;
  }
}
