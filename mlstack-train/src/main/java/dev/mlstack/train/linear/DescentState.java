package dev.mlstack.train.linear;

import java.util.List;

/**
 * Where the optimiser is between two rounds. Immutable; the arrays are not copied.
 *
 * @param rounds how many rounds were run
 * @param stalled whether the objective cannot be lowered any more in doubles
 * @param startNorm the norm of the gradient after the first round, 0 before
 * @param best the best point so far; before the first round where to start, with a gradient of 0
 * @param direction where to go from there
 * @param search how far to go
 * @param pairs the last steps, the oldest first, where they are needed
 */
record DescentState(
    long rounds,
    boolean stalled,
    double startNorm,
    Point best,
    double[] direction,
    LineSearch search,
    List<Pair> pairs) {

  /** Returns the state before the first round, in which the starting point is evaluated. */
  static DescentState start(double[] coordinates) {
    double[] zero = new double[coordinates.length];
    Point start = new Point(coordinates, Double.POSITIVE_INFINITY, zero, 0);
    return new DescentState(0, false, 0, start, zero, LineSearch.STAY, List.of());
  }

  /** Returns the coordinates of the point that the next round evaluates. */
  double[] trial() {
    return Vectors.sum(best.coordinates(), search.step(), direction);
  }

  /** Returns how fast the objective falls in the direction, a negative number. */
  double slope() {
    return Vectors.dot(best.gradient(), direction);
  }

  /** Returns the state after one more round, which changed nothing but the search. */
  DescentState searching(LineSearch next) {
    return new DescentState(rounds + 1, stalled, startNorm, best, direction, next, pairs);
  }

  /** Returns the state after one more round, which showed that there is no going on. */
  DescentState stalling() {
    return new DescentState(rounds + 1, true, startNorm, best, direction, search, pairs);
  }
}
