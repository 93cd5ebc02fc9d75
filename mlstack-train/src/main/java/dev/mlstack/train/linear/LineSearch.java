package dev.mlstack.train.linear;

/**
 * A search for a step along a direction that lowers the objective enough and, if asked, goes far
 * enough for its slope to have flattened: the weak Wolfe conditions, found by doubling and halving
 * (A. Lewis and M. Overton, "Nonsmooth optimization via quasi-Newton methods", Mathematical
 * Programming, 2013, section 2). Immutable.
 *
 * @param step the step to be tried
 * @param low the longest step known to be too short, 0 at first
 * @param high the shortest step known to be too long, infinite at first
 * @param trials how many steps were tried before
 */
record LineSearch(double step, double low, double high, int trials) {

  /** The part of the decrease promised by the slope that a step must achieve. */
  static final double SUFFICIENT_DECREASE = 1e-4;

  /** The part of the slope that may be left after a step. */
  static final double REMAINING_SLOPE = 0.9;

  /** So many halvings find the edge of any range of doubles that matters. */
  static final int MOST_TRIALS = 60;

  /** Before the first evaluation: stay. */
  static final LineSearch STAY = new LineSearch(0, 0, 0, 0);

  /** The first step of Newton's method and its kin. */
  static final LineSearch FIRST = new LineSearch(1, 0, Double.POSITIVE_INFINITY, 0);

  LineSearch tooLong() {
    return new LineSearch((low + step) / 2, low, step, trials + 1);
  }

  LineSearch tooShort() {
    double next = high == Double.POSITIVE_INFINITY ? 2 * step : (step + high) / 2;
    return new LineSearch(next, step, high, trials + 1);
  }
}
