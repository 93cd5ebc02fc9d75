package dev.mlstack.data.transform;

import dev.mlstack.feature.FittedTransform;
import dev.mlstack.feature.Transform;
import dev.mlstack.feature.ValueBlock;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Fits a step to quantiles of the finite numbers of a column, which are exact: the first round
 * finds their range and their number, and each of those that follow where the sought ones lie, more
 * narrowly. Two or three rounds after the first are enough for most columns, of any size; memory
 * does not grow with the number of rows.
 */
final class OrderFit implements Transform.Fit<OrderFit.State, OrderFit.Part> {

  private final double[] fractions;
  private final Function<SortedNumbers, FittedTransform> result;

  /**
   * Creates a fit.
   *
   * @param result makes the step of the median and the quantiles
   * @param fractions which quantiles it needs, each from 0 to 1
   */
  OrderFit(Function<SortedNumbers, FittedTransform> result, double... fractions) {
    this.result = result;
    this.fractions = fractions.clone();
  }

  /**
   * What is known.
   *
   * @param ranges where the sought numbers lie; {@code null} before the first round
   */
  record State(@Nullable RankRanges ranges, long count, boolean missing) {}

  /** What some values contribute to a round. */
  static final class Part {
    private final Range range = new Range();
    private final @Nullable RankCounts counts;
    private long count;
    private boolean missing;

    Part(State state) {
      counts = state.ranges == null ? null : new RankCounts(state.ranges);
    }

    void add(ValueBlock.Numbers block) {
      if (counts != null) {
        counts.add(block);
        return;
      }
      for (int i = 0; i < block.size(); i++) {
        double value = block.values()[i];
        if (Math.abs(value) <= Double.MAX_VALUE) {
          range.add(value);
          count++;
        } else {
          missing |= Double.isNaN(value);
        }
      }
    }

    void add(Part other) {
      if (counts != null && other.counts != null) {
        counts.add(other.counts);
      }
      range.merge(other.range);
      count += other.count;
      missing |= other.missing;
    }
  }

  @Override
  public State start() {
    return new State(null, 0, /* missing= */ false);
  }

  @Override
  public boolean done(State state) {
    return state.ranges != null && state.ranges.done();
  }

  @Override
  public Part partial(State state, ValueBlock block) {
    return add(state, new Part(state), block);
  }

  @Override
  public Part add(State state, Part sum, ValueBlock block) {
    sum.add((ValueBlock.Numbers) block);
    return sum;
  }

  @Override
  public Part merge(Part left, Part right) {
    left.add(right);
    return left;
  }

  @Override
  public State update(State state, Part total) {
    RankRanges ranges = state.ranges;
    RankCounts counts = total.counts;
    if (ranges == null || counts == null) {
      return new State(first(total), total.count, total.missing);
    }
    RankRanges next = ranges.collects() ? ranges.next(counts.collected()) : ranges.next(counts);
    return new State(next, state.count, state.missing);
  }

  private RankRanges first(Part total) {
    if (total.count == 0) {
      return new RankRanges(List.of(), List.of());
    }
    long[] ranks = SortedNumbers.ranks(total.count, fractions);
    return RankRanges.start(
        total.range.min(), total.range.max(), total.count, Arrays.stream(ranks).boxed().toList());
  }

  @Override
  public FittedTransform result(State state) {
    RankRanges ranges = Objects.requireNonNull(state.ranges);
    return result.apply(ranges.numbers(state.count, state.missing));
  }
}
