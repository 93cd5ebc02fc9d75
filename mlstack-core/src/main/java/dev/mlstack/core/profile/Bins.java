package dev.mlstack.core.profile;

import dev.mlstack.core.profile.RankSearch.Found;
import dev.mlstack.schema.FieldType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How a column of numbers is divided into bins, and how many values are in each.
 *
 * <p>If there are no more than {@link #MAX} different values, each begins a bin of its own; a
 * single one has what is below and above it in bins without values. Otherwise the borders are the
 * quantiles at 5%, 10%, … 95%, and a value that is several of these has a bin for itself. The first
 * bin has no lower end, and the last no upper one.
 *
 * @param borders the borders between the bins, rising: bin {@code i} has the values from border
 *     {@code i - 1} (included) to border {@code i} (excluded)
 * @param counts how many values are in each bin, one more than there are borders
 */
public record Bins(List<Double> borders, List<Long> counts) {

  /** The greatest number of bins: 20. */
  public static final int MAX = 20;

  /** Copies the lists and checks that they fit each other. */
  public Bins {
    borders = List.copyOf(borders);
    counts = List.copyOf(counts);
    if (counts.size() != borders.size() + 1 || counts.size() > MAX) {
      throw new IllegalArgumentException(
          "bins must be one more than borders and at most "
              + MAX
              + " but there are "
              + counts.size()
              + " bins and "
              + borders.size()
              + " borders");
    }
    for (int i = 0; i < borders.size(); i++) {
      double before = i == 0 ? Double.NEGATIVE_INFINITY : borders.get(i - 1);
      if (!(borders.get(i) > before)) {
        throw new IllegalArgumentException("borders must rise but are " + borders);
      }
    }
  }

  /** Returns the bins of a column without values. */
  static Bins ofNothing() {
    return new Bins(List.of(), List.of(0L));
  }

  /** Returns the bins of a column with few different values. */
  static Bins of(FieldType type, FewValues few) {
    double[] values = few.values();
    long[] rows = few.rows();
    if (type instanceof FieldType.Bool) {
      long all = Arrays.stream(rows).sum();
      long ones = values[values.length - 1] == 1 ? rows[values.length - 1] : 0;
      return new Bins(List.of(1.0), List.of(all - ones, ones));
    } else if (values.length == 1) {
      return new Bins(List.of(values[0], next(type, values[0])), List.of(0L, rows[0], 0L));
    }
    return new Bins(
        Arrays.stream(values).skip(1).boxed().toList(), Arrays.stream(rows).boxed().toList());
  }

  /**
   * Returns the bins of a column with many different values.
   *
   * @param ends the least and the greatest value
   * @param quantiles what was found at the quantiles, rising
   */
  static Bins of(FieldType type, NumberScan.Ends ends, List<Found> quantiles) {
    Builder bins = new Builder();
    for (int i = 0, next; i < quantiles.size(); i = next) {
      Found quantile = quantiles.get(i);
      next = i + 1;
      while (next < quantiles.size() && quantiles.get(next).equals(quantile)) {
        next++;
      }
      if (quantile.value() > ends.min()) {
        bins.begin(quantile.value(), quantile.below());
      }
      if (next - i > 1 && quantile.value() < ends.max()) {
        bins.begin(next(type, quantile.value()), quantile.below() + quantile.equal());
      }
    }
    return bins.build(ends.count());
  }

  /** Returns the least value of a type that is greater than another. */
  static double next(FieldType type, double value) {
    if (!(type instanceof FieldType.Real real)) {
      return Math.max(Math.floor(value) + 1, Math.nextUp(value));
    }
    return real.bits() == 32 ? Math.nextUp((float) value) : Math.nextUp(value);
  }

  /** Collects bins from the first to the last. */
  private static final class Builder {
    private final List<Double> borders = new ArrayList<>();
    private final List<Long> counts = new ArrayList<>();
    private long counted;

    /** Ends a bin at a border, unless that ended one already. */
    void begin(double border, long below) {
      if (borders.isEmpty() || border > borders.get(borders.size() - 1)) {
        borders.add(border);
        counts.add(below - counted);
        counted = below;
      }
    }

    Bins build(long all) {
      counts.add(all - counted);
      return new Bins(borders, counts);
    }
  }
}
