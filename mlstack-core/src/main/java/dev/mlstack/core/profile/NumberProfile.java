package dev.mlstack.core.profile;

import dev.mlstack.schema.Field;
import dev.mlstack.store.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a column of numbers looks like: of type bool (0 and 1), int, real, date (days) or timestamp
 * (microseconds), each read as a double; or of tensors, each of which counts with the mean of its
 * numbers.
 *
 * <p>Counts, ends, mean and deviation are exact. So are quantiles and the number of different
 * values while there are at most {@link #MAX_BINS} different ones. With more, the numbers are
 * counted in at most as many bins, as narrow as that allows: how many numbers lie below the border
 * of a bin is still exact, and {@link #quantileRange} says between which numbers a quantile lies.
 * Of doubles that spread over k powers of two, a bin is at most {@code 4k / 512} as wide as its
 * numbers are great, and of whole numbers {@code 4 / 512} as wide as their range.
 *
 * <p>Where there is no number, figures are NaN. Immutable.
 */
public final class NumberProfile implements ColumnProfile {

  /** The greatest number of bins: 512. */
  public static final int MAX_BINS = PrefixBins.MAX;

  private final Field field;
  private final Keys keys;
  private final long nulls;
  private final long nans;
  private final BinCounts bins;
  private final NumberFacts facts;

  NumberProfile(Field field, long nulls, long nans, BinCounts bins, NumberFacts facts) {
    this.field = field;
    this.keys = Keys.of(field.type());
    this.nulls = nulls;
    this.nans = nans;
    this.bins = bins;
    this.facts = facts;
  }

  @Override
  public Field field() {
    return field;
  }

  @Override
  public long rows() {
    return bins.total() + missing();
  }

  @Override
  public long nulls() {
    return nulls;
  }

  /** Returns how many values are NaN; they count as missing. */
  public long nans() {
    return nans;
  }

  @Override
  public long missing() {
    return nulls + nans;
  }

  /** Returns how many numbers there are, infinite ones included. */
  public long count() {
    return bins.total();
  }

  /** Returns how many numbers are infinite. */
  public long infinities() {
    return facts.belowAll() + facts.aboveAll();
  }

  /** Returns how many numbers are 0. */
  public long zeros() {
    return facts.zeros();
  }

  /** Returns how many numbers are less than 0. */
  public long negatives() {
    long negatives = 0;
    for (int i = 0; i < bins.size() && bins.prefix(i) < 0; i++) {
      negatives += bins.count(i);
    }
    return negatives;
  }

  /** Returns how many numbers are finite and have no fraction. */
  public long wholes() {
    return facts.wholes();
  }

  /** Tells whether every different number was counted by itself, so that nothing is estimated. */
  public boolean isExact() {
    return bins.shift() == 0;
  }

  @Override
  public long distinct() {
    return isExact() ? bins.size() : Math.min(count(), facts.registers().estimate());
  }

  @Override
  public double distinctError() {
    return isExact() ? 0 : Registers.STANDARD_ERROR;
  }

  /** Returns the least number. */
  public double min() {
    return count() == 0 ? Double.NaN : keys.number(facts.min());
  }

  /** Returns the greatest number. */
  public double max() {
    return count() == 0 ? Double.NaN : keys.number(facts.max());
  }

  /** Returns the mean of the finite numbers: their exact sum, divided and rounded once. */
  public double mean() {
    long finite = count() - infinities();
    return finite == 0 ? Double.NaN : facts.sums().mean(finite);
  }

  /**
   * Returns the standard deviation of the finite numbers, with one less than their number in the
   * denominator: the root of their exact variance. NaN if there are less than two.
   */
  public double deviation() {
    long finite = count() - infinities();
    return finite < 2 ? Double.NaN : Math.sqrt(facts.sums().variance(finite));
  }

  /**
   * Where a quantile lies.
   *
   * @param low it is not less
   * @param high it is not greater
   */
  public record Range(double low, double high) {}

  /**
   * Returns between which numbers a quantile lies.
   *
   * @param share how many of all numbers do not exceed it, from 0 to 1
   */
  public Range quantileRange(double share) {
    if (count() == 0) {
      return new Range(Double.NaN, Double.NaN);
    }
    int bin = bins.binAt(rankOf(share));
    return new Range(keys.number(low(bin)), keys.number(high(bin)));
  }

  /**
   * Returns a quantile: the least number that at least so many of all numbers do not exceed. It is
   * exact at 0 and 1, and where {@link #isExact()}; else the numbers of a bin are taken to be
   * spread evenly over it, and the error is at most its width.
   *
   * @param share how many of all numbers do not exceed it, from 0 to 1
   */
  public double quantile(double share) {
    if (count() == 0) {
      return Double.NaN;
    }
    long rank = rankOf(share);
    if (rank == 1 || rank == count()) {
      return rank == 1 ? min() : max();
    }
    int bin = bins.binAt(rank);
    double low = keys.number(low(bin));
    double high = keys.number(high(bin));
    double part = (rank - bins.below(bin) - 0.5) / bins.count(bin);
    double inside = low + part * (high - low);
    return high - low < Double.POSITIVE_INFINITY && inside < high ? Math.max(low, inside) : high;
  }

  private long rankOf(double share) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("share must be between 0 and 1 but was " + share);
    }
    return Math.max(1, Math.min(count(), (long) Math.ceil(share * count())));
  }

  private long low(int bin) {
    return Math.max(bins.low(bin), facts.min());
  }

  private long high(int bin) {
    return Math.min(bins.high(bin), facts.max());
  }

  /**
   * Returns about how many numbers do not exceed a bound: exact at the borders of bins and outside
   * of the ends; between them, the numbers of a bin are taken to be spread evenly over it.
   */
  public long countUpTo(double bound) {
    long rank = 0;
    for (int i = 0; i < bins.size(); i++) {
      double low = keys.number(low(i));
      double high = keys.number(high(i));
      if (bound >= high) {
        rank += bins.count(i);
      } else if (bound >= low && high - low < Double.POSITIVE_INFINITY) {
        rank += (long) Math.rint(bins.count(i) * ((bound - low) / (high - low)));
      }
    }
    return rank;
  }

  /**
   * Returns how the finite numbers are distributed over cells of equal width from the least to the
   * greatest of them. A number of cells that shares no border with the bins makes the counts as
   * approximate as {@link #countUpTo}; their sum is exact.
   *
   * @param cells how many cells there are, 1 or more
   */
  public Histogram histogram(int cells) {
    if (cells < 1) {
      throw new IllegalArgumentException("cells must be at least 1 but was " + cells);
    }
    if (count() == infinities()) {
      return Histogram.ofOne(Double.NaN, 0);
    }
    double low = finite(min(), 0, 1);
    double high = finite(max(), bins.size() - 1, -1);
    if (!(low < high)) {
      return Histogram.ofOne(low, count() - infinities());
    }
    return Histogram.of(
        low, high, cells, this::countUpTo, facts.belowAll(), count() - infinities());
  }

  /** Returns an end, or if that is infinite, the one of the first bin that has finite numbers. */
  private double finite(double end, int from, int step) {
    double finite = end;
    for (int i = from; i >= 0 && i < bins.size() && !Double.isFinite(finite); i += step) {
      double border = keys.number(step > 0 ? bins.high(i) : bins.low(i));
      finite = Double.isFinite(border) ? border : end;
    }
    return finite;
  }

  BinCounts bins() {
    return bins;
  }

  Keys keys() {
    return keys;
  }

  @Override
  public NumberProfile merge(ColumnProfile other) {
    NumberProfile that = (NumberProfile) other;
    PrefixBins both = new PrefixBins();
    both.add(bins);
    both.add(that.bins);
    BinCounts counts = both.counts();
    NumberFacts merged =
        counts.shift() == 0 ? NumberFacts.of(counts, keys) : facts.plus(that.facts);
    return new NumberProfile(field, nulls + that.nulls, nans + that.nans, counts, merged);
  }

  @Override
  public NumberCells cells() {
    return NumberCells.of(this, bins.shift());
  }

  @Override
  public Value.Doc toValue() {
    Value.Doc.Builder doc = Value.doc().put("field", field.toValue()).put("nulls", nulls);
    if (keys == Keys.REAL) {
      doc.put("nans", nans);
    }
    bins.putTo(doc, keys);
    if (!isExact()) {
      facts.putTo(doc, keys);
    }
    return doc.build();
  }

  static NumberProfile fromDoc(Field field, Value.Doc doc) {
    Keys keys = Keys.of(field.type());
    BinCounts bins = BinCounts.fromDoc(doc, keys);
    NumberFacts facts =
        bins.shift() == 0
            ? NumberFacts.of(bins, keys)
            : NumberFacts.fromDoc(doc, keys, bins.total());
    if (bins.size() > 0 && (facts.min() > bins.high(0) || facts.min() < bins.low(0))) {
      throw new IllegalArgumentException(
          "the least number of column '" + field.name() + "' is not in its first bin");
    }
    return new NumberProfile(
        field, doc.whole("nulls"), keys == Keys.REAL ? doc.whole("nans") : 0, bins, facts);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof NumberProfile that && toValue().equals(that.toValue());
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(new Object[] {field, nulls, nans, bins.total()});
  }

  /** Returns the name, the ends and the middle. */
  @Override
  public String toString() {
    List<String> parts = new ArrayList<>();
    for (double number : new double[] {min(), quantile(0.5), max()}) {
      parts.add(Value.of(number).canonicalJson());
    }
    return field.name() + ": " + String.join(", ", parts) + ", " + missing() + " missing";
  }
}
