package dev.mlstack.data.transform;

import dev.mlstack.core.feature.TargetMean;
import dev.mlstack.feature.FittedTransform;
import dev.mlstack.feature.Transform;
import dev.mlstack.feature.ValueBlock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the means of what is to be predicted, by text and by fold. The first round finds its range
 * and how many rows have it. In the second it is summed in fixed point: as a multiple of a power of
 * two that is so small that whole numbers and truth values are exact, and no other is off by more
 * than 2<sup>-60</sup> of the largest; and so large that no sum overflows. So the order of rows
 * does not matter, and a sum takes two whole numbers for each text and fold.
 *
 * <p>Rows in which it is missing or infinite are left out.
 */
final class TargetMeanFit implements Transform.Fit<TargetMeanFit.State, TargetMeanFit.Part> {

  private static final int HIGH_BITS = 61;

  private final long seed;
  private final int folds;
  private final double smoothing;

  TargetMeanFit(long seed, int folds, double smoothing) {
    this.seed = seed;
    this.folds = folds;
    this.smoothing = smoothing;
  }

  /**
   * What is known.
   *
   * @param unit what the upper whole number counts; 0 before the first round
   * @param lowBits how many bits the lower whole number has for each value
   * @param total the sums, after the second
   */
  record State(double unit, int lowBits, @Nullable Part total) {}

  /** What some rows contribute to a round. */
  static final class Part {
    private final Range range = new Range();
    private long count;

    /** For each text, three whole numbers for each fold: how many rows, and their sum in two. */
    private final Map<String, long[]> sums = new HashMap<>();

    /** The same for all rows, also those without a text. */
    private final long[] all;

    Part(int folds) {
      all = new long[3 * folds];
    }
  }

  @Override
  public State start() {
    return new State(0, 0, null);
  }

  @Override
  public boolean done(State state) {
    return state.total != null;
  }

  @Override
  public Part partial(State state, ValueBlock block) {
    return add(state, new Part(folds), block);
  }

  @Override
  public Part add(State state, Part sum, ValueBlock block) {
    ValueBlock.Labelled rows = (ValueBlock.Labelled) block;
    ValueBlock.Texts texts = (ValueBlock.Texts) rows.values();
    for (int i = 0; i < rows.size(); i++) {
      double target = rows.targets()[i];
      if (!(Math.abs(target) <= Double.MAX_VALUE)) {
        continue;
      }
      if (state.unit == 0) {
        sum.range.add(target);
        sum.count++;
        continue;
      }
      int fold = TargetMean.fold(seed, folds, rows.rowIds()[i]);
      add(sum.all, fold, target, state);
      String text = texts.values()[i];
      if (text != null) {
        add(sum.sums.computeIfAbsent(text, t -> new long[3 * folds]), fold, target, state);
      }
    }
    return sum;
  }

  private static void add(long[] sums, int fold, double target, State state) {
    double scaled = target / state.unit;
    double high = Math.floor(scaled);
    sums[3 * fold]++;
    sums[3 * fold + 1] += (long) high;
    sums[3 * fold + 2] += (long) Math.rint(Math.scalb(scaled - high, state.lowBits));
  }

  @Override
  public Part merge(Part left, Part right) {
    left.range.merge(right.range);
    left.count += right.count;
    add(left.all, right.all);
    right.sums.forEach(
        (text, sums) -> {
          long[] there = left.sums.putIfAbsent(text, sums.clone());
          if (there != null) {
            add(there, sums);
          }
        });
    return left;
  }

  private static void add(long[] to, long[] more) {
    for (int i = 0; i < to.length; i++) {
      to[i] += more[i];
    }
  }

  @Override
  public State update(State state, Part total) {
    if (state.unit != 0) {
      return new State(state.unit, state.lowBits, total);
    }
    if (total.count == 0) {
      throw new IllegalArgumentException(
          "what is to be predicted is missing in all rows, so there is no mean of it");
    }
    double largest = Math.max(Math.abs(total.range.min()), Math.abs(total.range.max()));
    int countBits = Long.SIZE - Long.numberOfLeadingZeros(total.count);
    int bits = HIGH_BITS - countBits;
    // Whole multiples of the unit take `bits` bits, and what is below it as many again.
    int exponent = Math.max(Double.MIN_EXPONENT, Math.getExponent(largest) + 1 - bits);
    return new State(Math.scalb(1.0, exponent), bits, null);
  }

  @Override
  public FittedTransform result(State state) {
    Part total = Objects.requireNonNull(state.total);
    List<String> categories = total.sums.keySet().stream().sorted().toList();
    return new TargetMean(
        categories,
        seed,
        means(categories, -1, total, state),
        IntStream.range(0, folds).mapToObj(f -> means(categories, f, total, state)).toList());
  }

  /** Returns the means over all rows but those of a fold; over all if there is none such. */
  private TargetMean.Means means(List<String> categories, int without, Part total, State state) {
    double all = mean(total.all, without, 0, 0, state);
    double[] means =
        categories.stream()
            .mapToDouble(c -> mean(category(total, c), without, smoothing, all, state))
            .toArray();
    return new TargetMean.Means(all, means);
  }

  private static long[] category(Part total, String category) {
    return Objects.requireNonNull(total.sums.get(category));
  }

  /** Returns a mean to which {@code weight} rows of a value are added; that value if all are. */
  private double mean(long[] sums, int without, double weight, double value, State state) {
    long count = 0;
    long high = 0;
    long low = 0;
    for (int fold = 0; fold < folds; fold++) {
      if (fold != without) {
        count += sums[3 * fold];
        high += sums[3 * fold + 1];
        low += sums[3 * fold + 2];
      }
    }
    double sum = (high + Math.scalb((double) low, -state.lowBits)) * state.unit;
    double rows = count + weight;
    return rows == 0 ? value : (sum + weight * value) / rows + 0.0;
  }
}
