package dev.mlstack.data.transform;

import dev.mlstack.core.math.ExactSum;
import dev.mlstack.core.math.StableMath;
import dev.mlstack.feature.FittedTransform;
import dev.mlstack.feature.Transform;
import dev.mlstack.feature.ValueBlock;
import dev.mlstack.table.DataException;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Finds the power under which the transformed finite numbers of a column are most likely to come
 * from a normal distribution. The first round takes their mean, the second looks at a grid of
 * powers from {@value #LEAST} to {@value #GREATEST}, and each of those that follow at three powers
 * around the vertex of the parabola through the best one and its neighbours, a tenth as far apart.
 * As the vertex is off by about the square of that distance, the power is within 10<sup>-5</sup> of
 * the best one where that lies within the grid; beyond it, the end of the grid is taken.
 *
 * <p>Sums are exact, of distances from the transformed mean, so that they cancel little.
 */
final class PowerFit implements Transform.Fit<PowerFit.State, PowerFit.Part> {

  static final double LEAST = -5;
  static final double GREATEST = 5;
  private static final double FIRST_STEP = 0.5;
  private static final int ROUNDS = 5;

  private final Power family;

  PowerFit(Power family) {
    this.family = family;
  }

  /**
   * What is known.
   *
   * @param round how many rounds are over
   * @param mean the mean of the numbers, after the first
   * @param step the distance of the powers to look at
   * @param powers the powers to look at; one, when it is found
   */
  record State(int round, double mean, double step, List<Double> powers) {}

  /** What some values contribute to a round. */
  static final class Part {
    private final FiniteSum numbers = new FiniteSum();
    private final ExactSum slopes = new ExactSum();
    private final List<FittedTransform.NumberToNumber> transforms;
    private final double[] centers;
    private final ExactSum[] sums;
    private final ExactSum[] squares;
    private long count;
    private double refused = Double.NaN;

    Part(Power family, State state) {
      transforms = state.powers.stream().map(family::of).toList();
      centers = transforms.stream().mapToDouble(t -> t.apply(state.mean)).toArray();
      sums = transforms.stream().map(t -> new ExactSum()).toArray(ExactSum[]::new);
      squares = transforms.stream().map(t -> new ExactSum()).toArray(ExactSum[]::new);
    }

    void add(Power family, double value) {
      if (!(Math.abs(value) <= Double.MAX_VALUE)) {
        return;
      }
      if (!family.takes(value)) {
        refused = Double.isNaN(refused) ? value : Math.min(refused, value);
        return;
      }
      if (transforms.isEmpty()) {
        numbers.add(value);
        return;
      }
      count++;
      slopes.add(family.slope(value));
      for (int i = 0; i < centers.length; i++) {
        double distance = transforms.get(i).apply(value) - centers[i];
        sums[i].add(distance);
        squares[i].add(distance * distance);
      }
    }

    void add(Part other) {
      numbers.merge(other.numbers);
      slopes.add(other.slopes);
      for (int i = 0; i < sums.length; i++) {
        sums[i].add(other.sums[i]);
        squares[i].add(other.squares[i]);
      }
      count += other.count;
      refused =
          Double.isNaN(refused)
              ? other.refused
              : Double.isNaN(other.refused) ? refused : Math.min(refused, other.refused);
    }

    /** Returns the mean log-likelihood of a power, but for a constant; minus infinity if none. */
    double likelihood(int index, double power) {
      double mean = sums[index].value() / count;
      double variance = squares[index].value() / count - mean * mean;
      double likelihood = (power - 1) * (slopes.value() / count) - StableMath.log(variance) / 2;
      return variance > 0 && Math.abs(likelihood) <= Double.MAX_VALUE
          ? likelihood
          : Double.NEGATIVE_INFINITY;
    }
  }

  @Override
  public State start() {
    return new State(0, 0, FIRST_STEP, List.of());
  }

  @Override
  public boolean done(State state) {
    return state.powers.size() == 1;
  }

  @Override
  public Part partial(State state, ValueBlock block) {
    return add(state, new Part(family, state), block);
  }

  @Override
  public Part add(State state, Part sum, ValueBlock block) {
    ValueBlock.Numbers numbers = (ValueBlock.Numbers) block;
    for (int i = 0; i < numbers.size(); i++) {
      sum.add(family, numbers.values()[i]);
    }
    return sum;
  }

  @Override
  public Part merge(Part left, Part right) {
    left.add(right);
    return left;
  }

  @Override
  public State update(State state, Part total) {
    if (!Double.isNaN(total.refused)) {
      throw new DataException(
          family.operation()
              + " takes numbers above 0 but there is "
              + total.refused
              + "; clip them first, or use yeo-johnson");
    }
    if (state.round == 0) {
      return first(total.numbers);
    }
    int best = best(state, total);
    double power = vertex(state, total, best);
    if (state.round == ROUNDS || Double.isNaN(power)) {
      return found(state, Double.isNaN(power) ? state.powers.get(best) : power);
    }
    double step = state.step / 10;
    return new State(state.round + 1, state.mean, step, List.of(power - step, power, power + step));
  }

  @Override
  public FittedTransform result(State state) {
    return family.of(state.powers.get(0));
  }

  private static State first(FiniteSum numbers) {
    Range range = numbers.range();
    int points = (int) Math.rint((GREATEST - LEAST) / FIRST_STEP) + 1;
    List<Double> grid =
        range.min() < range.max()
            ? IntStream.range(0, points).mapToObj(i -> LEAST + i * FIRST_STEP).toList()
            : List.of(1.0);
    return new State(1, numbers.mean(), FIRST_STEP, grid);
  }

  private static State found(State state, double power) {
    return new State(state.round + 1, state.mean, state.step, List.of(power + 0.0));
  }

  /** Returns the index of the most likely power; of several, the first. */
  private static int best(State state, Part total) {
    int best = 0;
    for (int i = 1; i < state.powers.size(); i++) {
      if (total.likelihood(i, state.powers.get(i))
          > total.likelihood(best, state.powers.get(best))) {
        best = i;
      }
    }
    return best;
  }

  /**
   * Returns the vertex of the parabola through a power and its neighbours; NaN if there is none.
   */
  private static double vertex(State state, Part total, int best) {
    int middle = Math.min(Math.max(best, 1), state.powers.size() - 2);
    boolean atTheEnd = best != middle && state.round == 1;
    double power = state.powers.get(middle);
    double before = total.likelihood(middle - 1, state.powers.get(middle - 1));
    double here = total.likelihood(middle, power);
    double after = total.likelihood(middle + 1, state.powers.get(middle + 1));
    double bend = (before - here) + (after - here);
    double vertex = power + state.step * (before - after) / 2 / bend;
    return !atTheEnd && bend < 0 && Math.abs(vertex - power) <= 2 * state.step
        ? vertex
        : Double.NaN;
  }
}
