package dev.mlstack.train.linear;

import java.util.ArrayList;
import java.util.List;

/**
 * The direction of the limited-memory method of Broyden, Fletcher, Goldfarb and Shanno: the last
 * {@link #MEMORY} steps stand for the second derivatives (J. Nocedal, "Updating quasi-Newton
 * matrices with limited storage", Mathematics of Computation, 1980; the two loops of its section
 * 4). Costs {@code 4 * MEMORY} passes over the coordinates.
 */
final class Lbfgs {

  /** How many steps are remembered. */
  static final int MEMORY = 10;

  private Lbfgs() {}

  /** Returns the steps to remember after one more. */
  static List<Pair> remember(List<Pair> pairs, Pair pair) {
    if (!(pair.product() > 0)) {
      // Rounding has eaten the curvature; the step tells nothing.
      return pairs;
    }
    List<Pair> more = new ArrayList<>(pairs);
    more.add(pair);
    return List.copyOf(more.subList(Math.max(0, more.size() - MEMORY), more.size()));
  }

  /**
   * Returns the direction in which the objective is expected to fall to its minimum with step 1.
   *
   * @param pairs the last steps, the oldest first
   */
  static double[] direction(List<Pair> pairs, double[] gradient) {
    double[] direction = new double[gradient.length];
    Vectors.add(-1, gradient, direction, 0);
    double[] shares = new double[pairs.size()];
    for (int i = pairs.size() - 1; i >= 0; i--) {
      Pair pair = pairs.get(i);
      shares[i] = Vectors.dot(pair.step(), direction) / pair.product();
      Vectors.add(-shares[i], pair.change(), direction, 0);
    }
    if (!pairs.isEmpty()) {
      Pair last = pairs.get(pairs.size() - 1);
      double scale = last.product() / Vectors.dot(last.change(), last.change());
      for (int i = 0; i < direction.length; i++) {
        direction[i] *= scale;
      }
    }
    for (int i = 0; i < pairs.size(); i++) {
      Pair pair = pairs.get(i);
      double share = shares[i] - Vectors.dot(pair.change(), direction) / pair.product();
      Vectors.add(share, pair.step(), direction, 0);
    }
    return direction;
  }
}
