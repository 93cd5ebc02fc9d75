package dev.mlstack.data.transform;

import dev.mlstack.core.feature.Borders;
import dev.mlstack.store.Value;
import java.util.Arrays;

/**
 * A plan of how numbers are divided into bins. Immutable.
 *
 * <pre>{@code
 * Features.numeric("age").oneHot(Bins.quantiles(4))
 * Features.numeric("age").codes(Bins.at(18, 65))
 * }</pre>
 */
public abstract sealed class Bins {

  private Bins() {}

  /**
   * Returns bins that have about as many of the finite numbers each: the borders are quantiles.
   * Those that are equal become one, so there may be fewer bins.
   *
   * @param bins how many, 2 or more
   */
  public static Bins quantiles(int bins) {
    return new Learned(Kind.QUANTILES, bins);
  }

  /**
   * Returns bins that are equally wide, between the smallest and the largest finite number.
   *
   * @param bins how many, 2 or more
   */
  public static Bins equalWidth(int bins) {
    return new Learned(Kind.EQUAL_WIDTH, bins);
  }

  /**
   * Returns bins with the given borders.
   *
   * @param borders finite numbers, ascending; each belongs to the bin above it
   */
  public static Bins at(double... borders) {
    return new Fixed(new Borders(borders), borders.clone());
  }

  abstract Value.Doc toValue();

  /** Returns the fractions of the quantiles that the borders depend on. */
  abstract double[] fractions();

  abstract Borders borders(SortedNumbers numbers);

  private enum Kind {
    QUANTILES,
    EQUAL_WIDTH
  }

  private static final class Learned extends Bins {
    private final Kind kind;
    private final int bins;

    Learned(Kind kind, int bins) {
      if (bins < 2 || bins > MAX_BINS) {
        throw new IllegalArgumentException(
            "bins must be from 2 to " + MAX_BINS + " but was " + bins);
      }
      this.kind = kind;
      this.bins = bins;
    }

    @Override
    Value.Doc toValue() {
      return Value.doc().put("bins", kind.name()).put("count", bins).build();
    }

    @Override
    double[] fractions() {
      double[] fractions = new double[kind == Kind.QUANTILES ? bins + 1 : 2];
      Arrays.setAll(fractions, i -> (double) i / (fractions.length - 1));
      return fractions;
    }

    @Override
    Borders borders(SortedNumbers numbers) {
      double min = numbers.quantile(0);
      double max = numbers.quantile(1);
      double[] borders = new double[bins - 1];
      int count = 0;
      double last = min;
      for (int i = 1; i < bins; i++) {
        double part = (double) i / bins;
        double border =
            kind == Kind.QUANTILES ? numbers.quantile(part) : min * (1 - part) + max * part;
        if (border > last && border < max) {
          borders[count++] = border;
          last = border;
        }
      }
      return new Borders(Arrays.copyOf(borders, count));
    }
  }

  private static final class Fixed extends Bins {
    private final Borders borders;
    private final double[] numbers;

    Fixed(Borders borders, double[] numbers) {
      this.borders = borders;
      this.numbers = numbers;
    }

    @Override
    Value.Doc toValue() {
      return Value.doc().put("bins", "AT").put("borders", Value.ofReals(numbers)).build();
    }

    @Override
    double[] fractions() {
      return new double[0];
    }

    @Override
    Borders borders(SortedNumbers sorted) {
      return borders;
    }
  }

  /** The largest number of bins: 65,536. */
  public static final int MAX_BINS = 1 << 16;
}
