package dev.mlstack.core.profile;

import dev.mlstack.schema.FieldType;
import java.util.ArrayList;
import java.util.List;

/**
 * How a column of numbers is divided into bins, and how many values are in each.
 *
 * <p>If there are no more than {@link #MAX} different values, each begins a bin of its own; a
 * single one has what is below and above it in bins without values. Otherwise the borders are the
 * quantiles at 5%, 10%, … 95%, or if these are only known up to a narrow bin, the lower ends of
 * those; and what is several of these has a bin for itself. The first bin has no lower end, and the
 * last no upper one.
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

  /**
   * Returns the bins of a column.
   *
   * @param counted how many numbers are in each of many narrow bins
   */
  static Bins of(FieldType type, BinCounts counted) {
    Keys keys = Keys.of(type);
    if (counted.size() == 0) {
      return new Bins(List.of(), List.of(0L));
    } else if (type instanceof FieldType.Bool) {
      long ones = counted.high(counted.size() - 1) == 1 ? counted.count(counted.size() - 1) : 0;
      return new Bins(List.of(1.0), List.of(counted.total() - ones, ones));
    } else if (counted.size() == 1 && counted.shift() == 0) {
      return ofOne(type, keys.number(counted.low(0)), counted.total());
    }
    return counted.size() <= MAX ? ofAll(keys, counted) : ofQuantiles(type, counted);
  }

  private static Bins ofOne(FieldType type, double value, long count) {
    if (Double.isInfinite(value)) {
      // Nothing is beyond.
      return value > 0
          ? new Bins(List.of(value), List.of(0L, count))
          : new Bins(List.of(next(type, value)), List.of(count, 0L));
    }
    return new Bins(List.of(value, next(type, value)), List.of(0L, count, 0L));
  }

  private static Bins ofAll(Keys keys, BinCounts counted) {
    Builder bins = new Builder();
    for (int i = 1; i < counted.size(); i++) {
      bins.begin(keys.number(counted.low(i)), counted.below(i));
    }
    return bins.build(counted.total());
  }

  private static Bins ofQuantiles(FieldType type, BinCounts counted) {
    Keys keys = Keys.of(type);
    Builder bins = new Builder();
    int before = -1;
    for (int i = 1; i < MAX; i++) {
      int bin = counted.binAt(rank(i, counted.total()));
      if (bin > 0) {
        bins.begin(keys.number(counted.low(bin)), counted.below(bin));
      }
      if (bin == before && bin < counted.size() - 1) {
        bins.begin(end(type, counted, bin), counted.below(bin) + counted.count(bin));
      }
      before = bin;
    }
    return bins.build(counted.total());
  }

  /** Returns the rank of the quantile at {@code i / MAX}. */
  private static long rank(int i, long count) {
    return Math.max(1, count / MAX * i + (count % MAX * i + MAX - 1) / MAX);
  }

  /** Returns the least number behind a narrow bin. */
  private static double end(FieldType type, BinCounts counted, int bin) {
    Keys keys = Keys.of(type);
    return counted.shift() == 0
        ? next(type, keys.number(counted.low(bin)))
        : keys.number(counted.high(bin) + 1);
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
