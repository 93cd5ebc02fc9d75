package dev.mlstack.train.linear;

import dev.mlstack.core.math.ExactSums;
import dev.mlstack.core.model.LinearModel;
import dev.mlstack.core.model.RoundsLearner;
import dev.mlstack.model.ExampleBlock;
import dev.mlstack.model.Signature;
import dev.mlstack.store.Digest;
import dev.mlstack.store.ObjectSink;
import dev.mlstack.store.ObjectSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Finds the minimum of loss plus penalty: each round evaluates the objective and its derivatives at
 * one point and decides on the next.
 *
 * <p>Up to {@link #MOST_FEATURES_FOR_NEWTON} features, and with a loss that allows it, the
 * direction is that of Newton's method, which sums all second derivatives in each round; otherwise
 * that of {@link Lbfgs}. Newton's method needs some 2 to 12 rounds, whatever the condition of the
 * problem; L-BFGS needs 20 to several hundred, each of which costs less.
 */
final class Descent implements RoundsLearner<DescentState, ExactSums> {

  /** With so many features a round of Newton's method costs some 12 of L-BFGS. */
  static final int MOST_FEATURES_FOR_NEWTON = 256;

  /** The part of the objective that is rounding error: 256 ulps. */
  private static final double NOISE = 0x1p-44;

  private final Signature signature;
  private final LinearSettings settings;
  private final Loss loss;
  private final Coordinates coordinates;
  private final Evaluator evaluator;
  private final boolean newton;

  Descent(Signature signature, LinearSettings settings, Loss loss, Moments moments) {
    this.signature = signature;
    this.settings = settings;
    this.loss = loss;
    this.coordinates = new Coordinates(moments, loss.greatestCurvature(), settings.l2());
    this.newton =
        loss instanceof SharedCurvatureLoss && signature.width() <= MOST_FEATURES_FOR_NEWTON;
    this.evaluator = new Evaluator(loss, coordinates, signature.labelWidth(), newton);
  }

  @Override
  public DescentState start() {
    return DescentState.start(coordinates.start(loss.startingMargins()));
  }

  @Override
  public boolean done(DescentState state) {
    return state.rounds() >= settings.maxRounds()
        || state.stalled()
        || (state.rounds() > 0 && state.best().norm() <= settings.tolerance() * state.startNorm());
  }

  @Override
  public ExactSums partial(DescentState state, ExampleBlock block) {
    return ExactSums.of(evaluator.sums(state.trial(), block));
  }

  @Override
  public ExactSums merge(ExactSums left, ExactSums right) {
    return left.add(right);
  }

  @Override
  public DescentState update(DescentState state, ExactSums total) {
    double[] sums = total.values();
    Point trial = evaluated(state.trial(), sums);
    if (state.rounds() == 0) {
      requireFinite(trial);
      return goOn(state, trial, sums);
    }
    double promised = state.search().step() * state.slope();
    if (!lowersEnough(state, trial, promised)) {
      boolean hopeless =
          -promised <= Math.ulp(state.best().value())
              || state.search().trials() >= LineSearch.MOST_TRIALS;
      return hopeless ? state.stalling() : state.searching(state.search().tooLong());
    }
    double slope = Vectors.dot(trial.gradient(), state.direction());
    if (!newton && slope < LineSearch.REMAINING_SLOPE * state.slope()) {
      return state.searching(state.search().tooShort());
    }
    return goOn(state, trial, sums);
  }

  /** Returns the point with its objective: the loss that was summed and the penalty. */
  private Point evaluated(double[] at, double[] sums) {
    double[] penalties = coordinates.penalties();
    double[] gradient = Arrays.copyOfRange(sums, 1, 1 + at.length);
    double penalty = 0;
    for (int i = 0; i < at.length; i++) {
      double factor = penalties[i % penalties.length];
      penalty += factor * at[i] * at[i];
      gradient[i] += factor * at[i];
    }
    return Point.of(at, sums[0] + penalty / 2, gradient);
  }

  private static void requireFinite(Point start) {
    if (!Double.isFinite(start.value()) || !Double.isFinite(start.norm())) {
      throw new ArithmeticException(
          "the objective is "
              + start.value()
              + " where the training starts; bring label and weights to a smaller scale");
    }
  }

  /**
   * Tells whether a step has lowered the objective enough; where the promise drowns in rounding
   * error, whether it has lowered the norm of the gradient.
   */
  private static boolean lowersEnough(DescentState state, Point trial, double promised) {
    double best = state.best().value();
    boolean visible = -promised > Math.ulp(best);
    if (visible && trial.value() <= best + LineSearch.SUFFICIENT_DECREASE * promised) {
      return true;
    }
    return trial.value() <= best + NOISE * Math.abs(best) && trial.norm() < state.best().norm();
  }

  private DescentState goOn(DescentState state, Point reached, double[] sums) {
    List<Pair> pairs = newton ? List.of() : remember(state, reached);
    double[] direction =
        newton ? newton(reached, sums) : Lbfgs.direction(pairs, reached.gradient());
    boolean descends = Vectors.dot(reached.gradient(), direction) < 0;
    double startNorm = state.rounds() == 0 ? reached.norm() : state.startNorm();
    return new DescentState(
        state.rounds() + 1, !descends, startNorm, reached, direction, LineSearch.FIRST, pairs);
  }

  private static List<Pair> remember(DescentState state, Point reached) {
    if (state.rounds() == 0) {
      return List.of();
    }
    Pair pair =
        new Pair(
            Vectors.sum(reached.coordinates(), -1, state.best().coordinates()),
            Vectors.sum(reached.gradient(), -1, state.best().gradient()));
    return Lbfgs.remember(state.pairs(), pair);
  }

  /** Returns the solution of {@code H d = -g}, unit by unit. */
  private double[] newton(Point reached, double[] sums) {
    int size = coordinates.size();
    double[] triangle = Arrays.copyOfRange(sums, 1 + reached.gradient().length, sums.length);
    for (int i = 0; i < size; i++) {
      triangle[i * (i + 1) / 2 + i] += coordinates.penalties()[i];
    }
    Cholesky factor = Cholesky.of(size, triangle);
    double[] direction = new double[reached.gradient().length];
    Vectors.add(-1, reached.gradient(), direction, 0);
    for (int unit = 0; unit < loss.units(); unit++) {
      factor.solve(direction, unit * size);
    }
    return direction;
  }

  @Override
  public long rounds(DescentState state) {
    return state.rounds();
  }

  @Override
  public long mostRounds() {
    return settings.maxRounds();
  }

  @Override
  public Map<String, Double> measures(DescentState state) {
    if (state.rounds() == 0) {
      return Map.of();
    }
    double start = state.startNorm();
    return Map.of(
        "objective",
        state.best().value(),
        "gradient",
        start == 0 ? 0 : state.best().norm() / start);
  }

  @Override
  public LinearModel model(DescentState state) {
    int size = coordinates.size();
    double[] coefficients = new double[LinearModel.units(signature) * size];
    for (int end = size; end <= coefficients.length; end += size) {
      // What stays so is the intercept of a class without examples.
      coefficients[end - 1] = Double.NEGATIVE_INFINITY;
    }
    for (int unit = 0; unit < loss.units(); unit++) {
      coordinates.writeCoefficients(
          state.best().coordinates(), unit * size, coefficients, loss.unitOfModel(unit) * size);
    }
    return LinearModel.of(signature, coefficients);
  }

  @Override
  public Digest write(DescentState state, ObjectSink sink) {
    return DescentObject.write(state, sink);
  }

  @Override
  public DescentState read(ObjectSource source, Digest digest) {
    return DescentObject.read(source, digest, evaluator.dimension());
  }
}
