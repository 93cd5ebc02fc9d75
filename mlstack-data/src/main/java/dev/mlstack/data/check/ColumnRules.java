package dev.mlstack.data.check;

import dev.mlstack.compute.Execution;
import dev.mlstack.core.math.ExactSum;
import dev.mlstack.core.profile.NumberProfile;
import dev.mlstack.core.profile.Profile;
import dev.mlstack.core.profile.ProfileCells;
import dev.mlstack.core.profile.ProfileCounter;
import dev.mlstack.data.internal.KeyIndex;
import dev.mlstack.data.internal.RowBytes;
import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.schema.Schema;
import dev.mlstack.store.Digest;
import dev.mlstack.store.Value;
import dev.mlstack.table.ColumnData;
import dev.mlstack.table.DoubleColumn;
import dev.mlstack.table.LongColumn;
import dev.mlstack.table.Table;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a column must be as a whole. Missing values and NaN count as missing. */
final class ColumnRules {

  private static final MathContext DIGITS = new MathContext(40);

  private ColumnRules() {}

  private static boolean isNumber(Field field) {
    return field.type().isNumeric();
  }

  /** What is measured over the rows of a column. */
  abstract static class Measure implements RuleTest.Part {
    long values;

    @Override
    public final void test(Table table, Found found) {
      add(table);
    }

    @Override
    public final void append(RuleTest.Part behind, Found found) {
      values += ((Measure) behind).values;
      merge((Measure) behind);
    }

    abstract void add(Table table);

    abstract void merge(Measure behind);

    @Override
    public abstract RuleTest.Measured measured();
  }

  /** Reads the numbers of a column that are not missing. */
  abstract static class NumberMeasure extends Measure {
    private final int field;
    private final double[] block = new double[1024];
    private final long[] wholes = new long[1024];

    NumberMeasure(int field) {
      this.field = field;
    }

    @Override
    final void add(Table table) {
      ColumnData column = table.column(field);
      for (int from = 0; from < table.rows(); from += block.length) {
        int count = Math.min(block.length, table.rows() - from);
        if (column instanceof DoubleColumn reals) {
          reals.read(from, count, block, 0);
        } else {
          read((LongColumn) column, from, count);
        }
        int known = 0;
        for (int i = 0; i < count; i++) {
          block[known] = block[i];
          known += Double.isNaN(block[i]) ? 0 : 1;
        }
        values += known;
        add(block, known);
      }
    }

    private void read(LongColumn column, int from, int count) {
      column.read(from, count, wholes, 0);
      for (int i = 0; i < count; i++) {
        boolean missing = column.hasNulls() && column.isNull(from + i);
        block[i] = missing ? Double.NaN : wholes[i];
      }
    }

    abstract void add(double[] numbers, int count);
  }

  private static RuleTest.Measured measured(double value, double min, double max, String name) {
    boolean holds = value >= min && value <= max;
    return new RuleTest.Measured(holds, name + " is " + ValueRules.shown(value));
  }

  private static RuleTest.Measured nothing(String name) {
    return new RuleTest.Measured(false, "there is no value, so no " + name);
  }

  /**
   * So many of the values, at most or at least, must be missing.
   *
   * @param max the greatest share, from 0 to 1
   */
  record NullShare(double max) implements Expectation {
    NullShare {
      requireShare(max, "max");
    }

    @Override
    public String demand() {
      return "must be missing in at most " + ValueRules.shown(max * 100) + "% of rows";
    }

    @Override
    public boolean isWhole() {
      return true;
    }

    @Override
    public Value.Doc.Builder describe(Value.Doc.Builder doc) {
      return doc.put("expect", "null-share").put("max", max);
    }

    @Override
    public RuleTest start(Schema schema, String column) {
      int field = schema.indexOf(column);
      return () -> new Nulls(field, max);
    }
  }

  static void requireShare(double share, String name) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException(name + " must be from 0 to 1 but was " + share);
    }
  }

  private static final class Nulls extends Measure {
    private final int field;
    private final double max;
    private long missing;

    Nulls(int field, double max) {
      this.field = field;
      this.max = max;
    }

    @Override
    void add(Table table) {
      ColumnData column = table.column(field);
      values += table.rows();
      if (column instanceof DoubleColumn reals) {
        double[] block = new double[1024];
        for (int from = 0; from < table.rows(); from += block.length) {
          int count = Math.min(block.length, table.rows() - from);
          reals.read(from, count, block, 0);
          for (int i = 0; i < count; i++) {
            missing += Double.isNaN(block[i]) ? 1 : 0;
          }
        }
        return;
      }
      for (int row = 0; column.hasNulls() && row < table.rows(); row++) {
        missing += column.isNull(row) ? 1 : 0;
      }
    }

    @Override
    void merge(Measure behind) {
      missing += ((Nulls) behind).missing;
    }

    @Override
    public RuleTest.Measured measured() {
      double share = values == 0 ? 0 : (double) missing / values;
      return ColumnRules.measured(share, 0, max, "the share of missing values");
    }
  }

  /**
   * The mean or the standard deviation must be in a range.
   *
   * @param deviation whether it is the deviation, with one less than the count in the denominator
   */
  record Moment(boolean deviation, double min, double max) implements Expectation {
    Moment {
      ValueRules.checkRange(min, max);
    }

    private String what() {
      return deviation ? "standard deviation" : "mean";
    }

    @Override
    public String demand() {
      return "must have a " + what() + " of " + ValueRules.range(min, max);
    }

    @Override
    public boolean isWhole() {
      return true;
    }

    @Override
    public Value.Doc.Builder describe(Value.Doc.Builder doc) {
      return doc.put("expect", deviation ? "deviation" : "mean").put("min", min).put("max", max);
    }

    @Override
    public RuleTest start(Schema schema, String column) {
      int field = require(schema, column, "a number", ColumnRules::isNumber);
      return () -> new Moments(field, this);
    }
  }

  /** Sums numbers and their squares without any rounding, so that the order does not matter. */
  private static final class Moments extends NumberMeasure {
    private final Moment rule;
    private final ExactSum sum = new ExactSum();
    private final ExactSum squares = new ExactSum();

    Moments(int field, Moment rule) {
      super(field);
      this.rule = rule;
    }

    @Override
    void add(double[] numbers, int count) {
      for (int i = 0; i < count; i++) {
        sum.add(numbers[i]);
      }
      for (int i = 0; rule.deviation() && i < count; i++) {
        double x = numbers[i];
        double square = x * x;
        squares.add(square);
        // What the square was rounded by; not there where it overflows.
        if (!Double.isInfinite(square)) {
          squares.add(Math.fma(x, x, -square));
        }
      }
    }

    @Override
    void merge(Measure behind) {
      sum.add(((Moments) behind).sum);
      squares.add(((Moments) behind).squares);
    }

    @Override
    public RuleTest.Measured measured() {
      long needed = rule.deviation() ? 2 : 1;
      if (values < needed) {
        return nothing(rule.what());
      }
      double value = rule.deviation() ? deviation() : sum.value() / values;
      return ColumnRules.measured(value, rule.min(), rule.max(), "the " + rule.what());
    }

    private double deviation() {
      double total = sum.value();
      double ofSquares = squares.value();
      if (!Double.isFinite(total) || !Double.isFinite(ofSquares)) {
        return Double.NaN;
      }
      // With twice the digits of a double, what cancels does no harm.
      BigDecimal s = wide(sum);
      BigDecimal n = BigDecimal.valueOf(values);
      BigDecimal difference = wide(squares).subtract(s.multiply(s).divide(n, DIGITS));
      double variance = difference.divide(BigDecimal.valueOf(values - 1), DIGITS).doubleValue();
      return Math.sqrt(Math.max(0, variance));
    }

    /** Returns a sum with what is left of it after it is rounded. */
    private static BigDecimal wide(ExactSum exact) {
      double high = exact.value();
      ExactSum rest = new ExactSum();
      rest.add(exact);
      rest.add(-high);
      return new BigDecimal(high).add(new BigDecimal(rest.value()));
    }
  }

  /**
   * A quantile must be in a range: the least value that at least so many of all values do not
   * exceed. It is in the range exactly if enough values are not above its end, and too few are
   * below its start, so that counting decides it.
   *
   * @param share from 0 to 1: 0.5 for the median
   */
  record Quantile(double share, double min, double max) implements Expectation {
    Quantile {
      requireShare(share, "share");
      ValueRules.checkRange(min, max);
    }

    @Override
    public String demand() {
      return "must have a quantile at "
          + ValueRules.shown(share * 100)
          + "% of "
          + ValueRules.range(min, max);
    }

    @Override
    public boolean isWhole() {
      return true;
    }

    @Override
    public Value.Doc.Builder describe(Value.Doc.Builder doc) {
      return doc.put("expect", "quantile").put("share", share).put("min", min).put("max", max);
    }

    @Override
    public RuleTest start(Schema schema, String column) {
      int field = require(schema, column, "a number", ColumnRules::isNumber);
      return () -> new Ranks(field, this);
    }
  }

  private static final class Ranks extends NumberMeasure {
    private final Quantile rule;
    private long below;
    private long notAbove;

    Ranks(int field, Quantile rule) {
      super(field);
      this.rule = rule;
    }

    @Override
    void add(double[] numbers, int count) {
      for (int i = 0; i < count; i++) {
        below += numbers[i] < rule.min() ? 1 : 0;
        notAbove += numbers[i] <= rule.max() ? 1 : 0;
      }
    }

    @Override
    void merge(Measure behind) {
      below += ((Ranks) behind).below;
      notAbove += ((Ranks) behind).notAbove;
    }

    @Override
    public RuleTest.Measured measured() {
      if (values == 0) {
        return nothing("quantile");
      }
      // Exact: a share of a count of less than 2^53 is rounded once.
      long rank = Math.max(1, (long) Math.ceil(rule.share() * values));
      boolean holds = notAbove >= rank && below < rank;
      String text =
          below
              + " of "
              + values
              + " values are below the range, "
              + (values - notAbove)
              + " above";
      return new RuleTest.Measured(holds, text);
    }
  }

  /**
   * The share of different values among those that are not missing must be in a range.
   *
   * @param min from 0 to 1
   * @param max from 0 to 1
   */
  record DistinctShare(double min, double max) implements Expectation {
    DistinctShare {
      requireShare(min, "min");
      requireShare(max, "max");
      ValueRules.checkRange(min, max);
    }

    @Override
    public String demand() {
      return "must have a share of different values of " + ValueRules.range(min, max);
    }

    @Override
    public boolean isWhole() {
      return true;
    }

    @Override
    public Value.Doc.Builder describe(Value.Doc.Builder doc) {
      return doc.put("expect", "distinct-share").put("min", min).put("max", max);
    }

    @Override
    public RuleTest start(Schema schema, String column) {
      return new DistinctTest(this, schema, schema.indexOf(column));
    }

    private RuleTest.Measured measured(long different, long values) {
      if (values == 0) {
        return nothing("share of different values");
      }
      String name = different + " of " + values + " values are different, their share";
      return ColumnRules.measured((double) different / values, min, max, name);
    }
  }

  private record DistinctTest(DistinctShare rule, Schema schema, int field) implements RuleTest {
    @Override
    public Part begin() {
      return new Distinct(rule, field);
    }

    @Override
    public Part beginShare() {
      return KeyShare.of(schema, /* passesNan= */ true, field);
    }

    @Override
    public Part join(List<Part> parts, List<Found> found, Execution execution) {
      List<KeyShare> shares = parts.stream().map(KeyShare.class::cast).toList();
      long values = shares.stream().mapToLong(KeyShare::keys).sum();
      long repeated = KeyShare.duplicates(shares, execution).count();
      return TableRules.decided(rule.measured(values - repeated, values)).begin();
    }
  }

  /** Keeps each different value once, as rows come in order. */
  private static final class Distinct implements RuleTest.Part {
    private final DistinctShare rule;
    private final int field;
    private final KeyIndex index = new KeyIndex();
    private long values;

    Distinct(DistinctShare rule, int field) {
      this.rule = rule;
      this.field = field;
    }

    @Override
    public void test(Table table, Found found) {
      RowBytes key = new RowBytes(table, field);
      ColumnData column = table.column(field);
      for (int row = 0; row < table.rows(); row++) {
        if (!column.isNull(row) && !BytesShare.isNan(column, row)) {
          values++;
          index.add(key.write(row), row);
        }
      }
    }

    @Override
    public RuleTest.Measured measured() {
      return rule.measured(index.size(), values);
    }
  }

  /**
   * The newest time must not be before another.
   *
   * @param least the least that it may be, in microseconds since 1970-01-01T00:00
   */
  record Fresh(long least) implements Expectation {
    @Override
    public String demand() {
      return "must have a value of " + FieldType.Timestamp.instant(least) + " or later";
    }

    @Override
    public boolean isWhole() {
      return true;
    }

    @Override
    public Value.Doc.Builder describe(Value.Doc.Builder doc) {
      Instant instant = FieldType.Timestamp.instant(least);
      return doc.put("expect", "fresh").put("least", instant.toString());
    }

    @Override
    public RuleTest start(Schema schema, String column) {
      int field =
          require(
              schema,
              column,
              "a date or a time",
              f -> f.type() instanceof FieldType.Date || f.type() instanceof FieldType.Timestamp);
      boolean days = schema.field(field).type() instanceof FieldType.Date;
      return () -> new Newest(field, days, least);
    }
  }

  private static final class Newest extends Measure {
    private static final long MICROS_PER_DAY = 86_400_000_000L;

    private final int field;
    private final boolean days;
    private final long least;
    private long newest = Long.MIN_VALUE;

    Newest(int field, boolean days, long least) {
      this.field = field;
      this.days = days;
      this.least = least;
    }

    @Override
    void add(Table table) {
      LongColumn column = (LongColumn) table.column(field);
      for (int row = 0; row < table.rows(); row++) {
        if (!column.hasNulls() || !column.isNull(row)) {
          values++;
          newest = Math.max(newest, column.get(row));
        }
      }
    }

    @Override
    void merge(Measure behind) {
      newest = Math.max(newest, ((Newest) behind).newest);
    }

    @Override
    public RuleTest.Measured measured() {
      if (values == 0) {
        return nothing("newest value");
      }
      if (days) {
        boolean holds = newest >= Math.floorDiv(least, MICROS_PER_DAY);
        java.time.LocalDate day = java.time.LocalDate.ofEpochDay(newest);
        return new RuleTest.Measured(holds, "the newest value is " + day);
      }
      return new RuleTest.Measured(
          newest >= least, "the newest value is " + FieldType.Timestamp.instant(newest));
    }
  }

  /**
   * Values must be distributed like those of earlier data.
   *
   * @param digest names the profile of the earlier data
   * @param max the greatest distance, from 0 to 1
   * @param kolmogorov whether the distance is that of Kolmogorov and Smirnov, or else that of
   *     Jensen and Shannon
   * @param profile the profile, if it is at hand
   */
  record Like(Digest digest, double max, boolean kolmogorov, @Nullable Profile profile)
      implements Expectation {
    Like {
      requireShare(max, "max");
    }

    private String distance() {
      return (kolmogorov ? "Kolmogorov-Smirnov" : "Jensen-Shannon") + " distance";
    }

    @Override
    public String demand() {
      return "must have a "
          + distance()
          + " of at most "
          + ValueRules.shown(max)
          + " from profile "
          + digest.abbreviated();
    }

    @Override
    public boolean isWhole() {
      return true;
    }

    @Override
    public Value.Doc.Builder describe(Value.Doc.Builder doc) {
      return doc.put("expect", "like")
          .put("profile", digest.hex())
          .put("measure", kolmogorov ? "kolmogorov-smirnov" : "jensen-shannon")
          .put("max", max);
    }

    @Override
    public RuleTest start(Schema schema, String column) {
      if (profile == null) {
        throw new IllegalArgumentException(
            "rule '"
                + column
                + " "
                + demand()
                + "' was read without that profile; read it with CheckParts that have it");
      }
      Schema only = Schema.of(schema.field(column));
      Profile reference = profile;
      if (kolmogorov && !(reference.column(column) instanceof NumberProfile)) {
        throw new IllegalArgumentException(
            "rule '" + column + " " + demand() + "' needs numbers, which have an order");
      }
      ProfileCells cells = reference.cells();
      long[] counts = cells.column(column).counts();
      cells.counter(only);
      return () -> new Cells(this, column, cells.counter(only), counts);
    }

    @Override
    public boolean equals(Object object) {
      return object instanceof Like other
          && describe(Value.doc()).build().equals(other.describe(Value.doc()).build());
    }

    @Override
    public int hashCode() {
      return digest.hashCode();
    }
  }

  private static final class Cells extends Measure {
    private final Like rule;
    private final String column;
    private final ProfileCounter counter;
    private final long[] earlier;

    Cells(Like rule, String column, ProfileCounter counter, long[] earlier) {
      this.rule = rule;
      this.column = column;
      this.counter = counter;
      this.earlier = earlier;
    }

    @Override
    void add(Table table) {
      values += table.rows();
      counter.add(table);
    }

    @Override
    void merge(Measure behind) {
      counter.merge(((Cells) behind).counter);
    }

    @Override
    public RuleTest.Measured measured() {
      long[] counts = counter.counts(column);
      if (values == 0) {
        return nothing("distance");
      }
      double distance =
          rule.kolmogorov()
              ? Distance.kolmogorovSmirnov(earlier, counts)
              : Distance.jensenShannon(earlier, counts);
      return ColumnRules.measured(distance, 0, rule.max(), "the " + rule.distance());
    }
  }
}
