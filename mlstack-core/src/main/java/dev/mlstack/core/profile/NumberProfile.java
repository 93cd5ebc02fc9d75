package dev.mlstack.core.profile;

import dev.mlstack.schema.Field;
import dev.mlstack.store.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * What a column of numbers looks like: of type bool (0 and 1), int, real, date (days) or timestamp
 * (microseconds), each taken as a double; or of tensors, each of which counts with the mean of its
 * numbers. NaN counts as missing. Where all values are missing, the figures are NaN. Its cells are
 * the bins and one for values that are missing.
 *
 * @param field the column
 * @param missing how many values are missing
 * @param min the least value
 * @param max the greatest value
 * @param mean the mean
 * @param deviation the standard deviation, with one less than the number of values in the
 *     denominator; NaN if there is one value
 * @param quantiles the quantiles at {@link #PERCENTS}: the least values that at least so many
 *     percent of all values do not exceed
 * @param bins how the values are distributed
 */
public record NumberProfile(
    Field field,
    long missing,
    double min,
    double max,
    double mean,
    double deviation,
    List<Double> quantiles,
    Bins bins)
    implements ColumnProfile {

  /** Where quantiles are taken, in percent. */
  public static final List<Integer> PERCENTS = List.of(0, 1, 5, 10, 25, 50, 75, 90, 95, 99, 100);

  /** Copies the quantiles and checks their number. */
  public NumberProfile {
    quantiles = List.copyOf(quantiles);
    if (quantiles.size() != PERCENTS.size()) {
      throw new IllegalArgumentException(
          "quantiles must be " + PERCENTS.size() + " but are " + quantiles.size());
    }
  }

  /** Returns the profile of a column without values. */
  static NumberProfile ofNothing(Field field, long missing) {
    double nan = Double.NaN;
    List<Double> quantiles = PERCENTS.stream().map(percent -> nan).toList();
    return new NumberProfile(field, missing, nan, nan, nan, nan, quantiles, Bins.ofNothing());
  }

  /**
   * Returns the quantile at some percent.
   *
   * @throws IllegalArgumentException if it is none of {@link #PERCENTS}
   */
  public double quantile(int percent) {
    int index = PERCENTS.indexOf(percent);
    if (index < 0) {
      throw new IllegalArgumentException(
          "percent must be one of " + PERCENTS + " but was " + percent);
    }
    return quantiles.get(index);
  }

  @Override
  public List<String> cells() {
    List<String> cells =
        new ArrayList<>(
            new BinLabels(NumberReader.numbers(field.type()), min, bins.borders()).all());
    cells.add(MISSING);
    return cells;
  }

  @Override
  public long[] counts() {
    int size = bins.counts().size();
    long[] counts = new long[size + 1];
    for (int i = 0; i < size; i++) {
      counts[i] = bins.counts().get(i);
    }
    counts[size] = missing;
    return counts;
  }

  @Override
  public Value.Doc toValue() {
    return Value.doc()
        .put("field", field.toValue())
        .put("missing", missing)
        .put("min", min)
        .put("max", max)
        .put("mean", mean)
        .put("deviation", deviation)
        .put("quantiles", quantiles.stream().map(Value::of).toList())
        .put("borders", bins.borders().stream().map(Value::of).toList())
        .put("counts", Value.ofWholes(bins.counts()))
        .build();
  }

  static NumberProfile fromDoc(Value.Doc doc) {
    return new NumberProfile(
        Field.fromValue(doc.get("field")),
        doc.whole("missing"),
        doc.real("min"),
        doc.real("max"),
        doc.real("mean"),
        doc.real("deviation"),
        doc.items("quantiles").stream().map(Value::asReal).toList(),
        new Bins(
            doc.items("borders").stream().map(Value::asReal).toList(),
            doc.items("counts").stream().map(Value::asWhole).toList()));
  }
}
