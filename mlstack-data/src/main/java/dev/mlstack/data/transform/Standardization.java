package dev.mlstack.data.transform;

import dev.mlstack.core.feature.Standardize;
import dev.mlstack.feature.FittedTransform;
import dev.mlstack.feature.Transform;
import dev.mlstack.feature.ValueBlock;
import dev.mlstack.feature.ValueKind;
import dev.mlstack.store.Value;
import dev.mlstack.store.VersionedName;

/** Subtracts the mean and divides by the standard deviation. */
record Standardization() implements Transform {

  @Override
  public VersionedName operation() {
    return Standardize.OPERATION;
  }

  @Override
  public Value.Doc parameters() {
    return Value.Doc.EMPTY;
  }

  @Override
  public Fit<?, ?> fit(ValueKind kind) {
    Kinds.require(ValueKind.NUMBER, kind);
    return new MeanThenDeviation();
  }

  /**
   * What is known.
   *
   * @param round how many rounds are over
   * @param mean the mean, after the first
   * @param half 1, or 1/2 if the distance of two numbers could overflow
   * @param scale a power of two that brings distances from the mean, times half, below 2, so that
   *     their squares neither overflow nor vanish
   * @param deviation the standard deviation, after the second
   */
  record State(int round, double mean, double half, double scale, double deviation) {

    static State afterFirst(FiniteSum numbers) {
      Range range = numbers.range();
      double half = Double.isInfinite(range.max() - range.min()) ? 0.5 : 1;
      double width = range.max() * half - range.min() * half;
      double scale = Math.scalb(1.0, -Math.getExponent(width));
      return new State(1, numbers.mean(), half, scale, 1);
    }

    /** Returns the square of the scaled distance of a number from the mean. */
    double square(double value) {
      double distance = (value * half - mean * half) * scale;
      return distance * distance;
    }

    State afterSecond(FiniteSum squares) {
      double found = Math.sqrt(squares.mean()) / scale / half;
      return new State(2, mean, half, scale, found > 0 ? found : 1);
    }
  }

  /** The mean in the first round, the root of the mean squared distance from it in the second. */
  private static final class MeanThenDeviation implements Fit<State, FiniteSum> {
    @Override
    public State start() {
      return new State(0, 0, 1, 1, 1);
    }

    @Override
    public boolean done(State state) {
      return state.round() == 2;
    }

    @Override
    public FiniteSum partial(State state, ValueBlock block) {
      ValueBlock.Numbers numbers = (ValueBlock.Numbers) block;
      if (state.round() == 0) {
        return FiniteSum.of(numbers);
      }
      FiniteSum squares = new FiniteSum();
      for (int i = 0; i < numbers.size(); i++) {
        squares.add(state.square(numbers.values()[i]));
      }
      return squares;
    }

    @Override
    public FiniteSum merge(FiniteSum left, FiniteSum right) {
      return left.merge(right);
    }

    @Override
    public State update(State state, FiniteSum total) {
      return state.round() == 0 ? State.afterFirst(total) : state.afterSecond(total);
    }

    @Override
    public FittedTransform result(State state) {
      return new Standardize(state.mean(), state.deviation());
    }
  }
}
