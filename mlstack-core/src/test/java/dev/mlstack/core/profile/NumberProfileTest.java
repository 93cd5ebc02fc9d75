package dev.mlstack.core.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.data.Offset.offset;

import dev.mlstack.compute.RandomStream;
import dev.mlstack.core.profile.NumberProfile.Range;
import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.testkit.Seeds;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NumberProfileTest {

  private static final double INFINITY = Double.POSITIVE_INFINITY;

  private static NumberProfile profile(FieldType type, @Nullable Object... values) {
    return Profile.of(ProfileTest.table(Field.of("x", type), values)).number("x");
  }

  private static NumberProfile profile(double... values) {
    return profile(FieldType.FLOAT64, Arrays.stream(values).boxed().toArray());
  }

  /** Distributions that summaries are bad at. */
  @SuppressWarnings("ImmutableEnumChecker")
  enum Shape {
    UNIFORM(Random::nextDouble),
    NORMAL(Random::nextGaussian),
    HEAVY_TAIL(random -> 1 / Math.pow(random.nextDouble(), 3)),
    ALL_DOUBLES(random -> Double.longBitsToDouble(random.nextLong())),
    DENORMAL(random -> random.nextInt(100_000) * Double.MIN_VALUE),
    CONSTANT(random -> 42),
    MOSTLY_ZERO(random -> random.nextInt(10) < 9 ? -0.0 : random.nextGaussian()),
    TWO_CLUSTERS(random -> (random.nextBoolean() ? 1e-9 : 1e12) * (1 + random.nextDouble() / 1e3)),
    NARROW(random -> 1e9 + random.nextDouble()),
    CENTS(random -> Math.rint(random.nextDouble() * 1e5) / 100),
    HUGE(random -> Math.copySign(Double.MAX_VALUE * random.nextDouble(), random.nextGaussian())),
    SPECIALS(
        random ->
            switch (random.nextInt(4)) {
              case 0 -> INFINITY;
              case 1 -> -INFINITY;
              case 2 -> Double.longBitsToDouble(0x7FF0000000000001L + random.nextInt(99));
              default -> random.nextGaussian();
            });

    private final ToDoubleFunction<Random> draw;

    Shape(ToDoubleFunction<Random> draw) {
      this.draw = draw;
    }
  }

  @ParameterizedTest
  @EnumSource
  void figuresAndBounds_holdAgainstBruteForce(Shape shape) {
    long seed = Seeds.next();
    Random random = new Random(seed);
    for (int size : new int[] {1, 2, 100, 513, 5000}) {
      double[] all =
          DoubleStream.generate(() -> shape.draw.applyAsDouble(random)).limit(size).toArray();
      assertDefined(profile(all), all, shape + ", seed " + seed);
    }
  }

  private static void assertDefined(NumberProfile profile, double[] all, String what) {
    double[] sorted =
        Arrays.stream(all).filter(v -> !Double.isNaN(v)).map(v -> v + 0.0).sorted().toArray();
    double[] finite = Arrays.stream(sorted).filter(Double::isFinite).toArray();
    assertThat(profile.rows()).as(what).isEqualTo(all.length);
    assertThat(profile.nans()).as(what).isEqualTo(all.length - sorted.length);
    assertThat(profile.nulls()).as(what).isZero();
    assertThat(profile.count()).as(what).isEqualTo(sorted.length);
    assertThat(profile.infinities()).as(what).isEqualTo(sorted.length - finite.length);
    assertThat(profile.zeros()).as(what).isEqualTo(count(sorted, v -> v == 0));
    assertThat(profile.negatives()).as(what).isEqualTo(count(sorted, v -> v < 0));
    assertThat(profile.wholes()).as(what).isEqualTo(count(finite, v -> v == Math.rint(v)));
    assertMoments(profile, finite, what);
    if (sorted.length == 0) {
      assertThat(profile.quantile(0.5)).isNaN();
      return;
    }
    assertThat(profile.min()).as(what).isEqualTo(sorted[0]);
    assertThat(profile.max()).as(what).isEqualTo(sorted[sorted.length - 1]);
    for (double share : new double[] {0, 0.001, 0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99, 1}) {
      int rank = Math.max(1, (int) Math.ceil(share * sorted.length));
      double exact = sorted[rank - 1];
      Range range = profile.quantileRange(share);
      assertThat(exact).as(what).isBetween(range.low(), range.high());
      assertThat(profile.quantile(share)).as(what).isBetween(range.low(), range.high());
      if (profile.isExact()) {
        assertThat(profile.quantile(share)).as(what).isEqualTo(exact);
        assertThat(range).as(what).isEqualTo(new Range(exact, exact));
      }
    }
    assertBins(profile, sorted, what);
    assertHistogram(profile, finite, what);
  }

  private static long count(double[] values, java.util.function.DoublePredicate which) {
    return Arrays.stream(values).filter(which).count();
  }

  private static void assertMoments(NumberProfile profile, double[] values, String what) {
    if (values.length == 0) {
      assertThat(profile.mean()).as(what).isNaN();
      return;
    }
    BigDecimal n = BigDecimal.valueOf(values.length);
    BigDecimal sum = BigDecimal.ZERO;
    BigDecimal squares = BigDecimal.ZERO;
    for (double value : values) {
      BigDecimal exact = new BigDecimal(value);
      sum = sum.add(exact);
      squares = squares.add(exact.multiply(exact));
    }
    // As many as the least double has, so that a tie stays one.
    MathContext digits = new MathContext(1100);
    assertThat(profile.mean()).as(what).isEqualTo(sum.divide(n, digits).doubleValue());
    if (values.length == 1) {
      assertThat(profile.deviation()).as(what).isNaN();
      return;
    }
    BigDecimal variance =
        n.multiply(squares)
            .subtract(sum.multiply(sum))
            .divide(n.multiply(n.subtract(BigDecimal.ONE)), digits);
    assertThat(profile.deviation()).as(what).isEqualTo(Math.sqrt(variance.doubleValue()));
  }

  /** The ranks at the borders of the cells are exact. */
  private static void assertBins(NumberProfile profile, double[] sorted, String what) {
    Bins bins = profile.cells().bins();
    long distinct = Arrays.stream(sorted).distinct().count();
    assertThat(profile.isExact()).as(what).isEqualTo(distinct <= NumberProfile.MAX_BINS);
    for (int i = 0; i <= bins.borders().size(); i++) {
      double low = i == 0 ? -INFINITY : bins.borders().get(i - 1);
      boolean last = i == bins.borders().size();
      double high = last ? INFINITY : bins.borders().get(i);
      long expected = count(sorted, v -> v >= low && (v < high || last));
      assertThat(bins.counts().get(i)).as(what + ", bin " + i).isEqualTo(expected);
    }
    if (profile.isExact()) {
      assertThat(profile.distinct()).as(what).isEqualTo(distinct);
    } else {
      double error = 6 * profile.distinctError() * distinct;
      assertThat((double) profile.distinct()).as(what).isCloseTo((double) distinct, offset(error));
    }
  }

  private static void assertHistogram(NumberProfile profile, double[] finite, String what) {
    for (int cells : new int[] {1, 7, 20}) {
      Histogram histogram = profile.histogram(cells);
      long sum = histogram.counts().stream().mapToLong(Long::longValue).sum();
      assertThat(sum).as(what).isEqualTo(finite.length);
      assertThat(histogram.counts()).as(what).allMatch(count -> count >= 0);
      assertThat(histogram.borders()).as(what).isSorted();
    }
  }

  /** Quantiles of numpy 2.4 of numbers drawn by an implementation of the stream in Python. */
  @Test
  void estimates_areCloseToNumpy() {
    RandomStream random = RandomStream.of(2, "profile");
    NumberProfile profile =
        profile(
            IntStream.range(0, 1000)
                .mapToDouble(
                    i -> Math.floor(random.uniform(i) * random.uniform(10_000 + i) * 1e6) / 1e3)
                .toArray());
    assertThat(profile.isExact()).isFalse();
    assertThat(profile.min()).isEqualTo(0.068);
    assertThat(profile.max()).isEqualTo(968.104);
    assertThat(profile.mean()).isCloseTo(251.694196, offset(1e-12));
    assertThat(profile.deviation()).isCloseTo(222.56228862169374, offset(1e-12));
    assertThat(profile.quantile(0.01)).isCloseTo(2.249, offset(0.05));
    assertThat(profile.quantile(0.25)).isCloseTo(66.352, offset(1.0));
    assertThat(profile.quantile(0.5)).isCloseTo(181.616, offset(3.0));
    assertThat(profile.quantile(0.95)).isCloseTo(694.136, offset(10.0));
  }

  @Test
  void wholeNumbers_keepTheirBits() {
    Random random = new Random(3);
    long[] values = LongStream.generate(random::nextLong).limit(4000).toArray();
    values[0] = Long.MIN_VALUE;
    values[1] = Long.MAX_VALUE;
    NumberProfile profile = profile(FieldType.INT64, Arrays.stream(values).boxed().toArray());
    assertThat(profile.min()).isEqualTo(-0x1p63);
    assertThat(profile.max()).isEqualTo(0x1p63);
    assertThat(profile.wholes()).isEqualTo(4000);
    assertThat(profile.negatives()).isEqualTo(LongStream.of(values).filter(v -> v < 0).count());
    BigDecimal sum =
        LongStream.of(values)
            .mapToObj(BigDecimal::valueOf)
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    assertThat(profile.mean())
        .isEqualTo(sum.divide(BigDecimal.valueOf(4000), new MathContext(60)).doubleValue());
    double deviation =
        Math.sqrt(
            LongStream.of(values).mapToDouble(v -> Math.pow(v - profile.mean(), 2)).sum() / 3999);
    assertThat(profile.deviation()).isCloseTo(deviation, offset(deviation * 1e-12));
  }

  @Test
  void timesInANarrowRange_haveNarrowBins() {
    Random random = new Random(4);
    Object[] times =
        IntStream.range(0, 5000)
            .mapToObj(i -> java.time.Instant.ofEpochSecond(1_700_000_000L + random.nextInt(86_400)))
            .toArray();
    NumberProfile profile = profile(FieldType.INSTANT, times);
    Range middle = profile.quantileRange(0.5);
    // 86,400 seconds in at most 512 and at least 256 bins.
    assertThat(middle.high() - middle.low()).isLessThan(86_400e6 / 256);
    assertThat(profile.quantile(0.5)).isCloseTo(1.7000432e15, offset(2e9));
  }

  @Test
  void nullsAndNaN_areToldApart() {
    NumberProfile profile = profile(FieldType.FLOAT64, 1.0, null, Double.NaN, null, 3.0);
    assertThat(profile.nulls()).isEqualTo(2);
    assertThat(profile.nans()).isEqualTo(1);
    assertThat(profile.missing()).isEqualTo(3);
    assertThat(profile.missingShare()).isEqualTo(0.6);
    assertThat(profile.distinctShare()).isEqualTo(1);
    assertThat(profile).hasToString("x: 1.0, 1.0, 3.0, 3 missing");
  }

  @Test
  void tensors_countWithTheirMeans() {
    NumberProfile profile =
        profile(
            FieldType.tensor(2),
            new float[] {1, 2},
            null,
            new float[] {-3, 4},
            new float[] {9, 9},
            new float[] {Float.NaN, 1});
    assertThat(profile.nulls()).isEqualTo(1);
    assertThat(profile.nans()).isEqualTo(1);
    assertThat(profile.min()).isEqualTo(0.5);
    assertThat(profile.max()).isEqualTo(9);
    assertThat(profile.mean()).isEqualTo((1.5 + 0.5 + 9) / 3);
  }

  @Test
  void nothing_hasFiguresThatAreNotNumbers() {
    NumberProfile profile = profile(FieldType.FLOAT64, null, Double.NaN);
    for (double figure :
        new double[] {profile.min(), profile.max(), profile.mean(), profile.deviation()}) {
      assertThat(figure).isNaN();
    }
    assertThat(profile.quantileRange(0.5)).isEqualTo(new Range(Double.NaN, Double.NaN));
    assertThat(profile.histogram(5).counts()).containsExactly(0L);
    assertThat(profile.distinct()).isZero();
    assertThat(profile(FieldType.INT32).missingShare()).isZero();
  }

  @Test
  void histogram_ofEvenNumbers_isEven() {
    NumberProfile exact = profile(IntStream.range(0, 100).mapToDouble(i -> i).toArray());
    assertThat(exact.histogram(3).counts()).containsExactly(34L, 33L, 33L);
    NumberProfile many = profile(IntStream.range(0, 5000).mapToDouble(i -> i).toArray());
    assertThat(many.histogram(10).counts()).allMatch(count -> Math.abs(count - 500) < 10);
    assertThat(many.countUpTo(2500)).isBetween(2490L, 2510L);
    assertThat(many.countUpTo(-1)).isZero();
    assertThat(many.countUpTo(1e9)).isEqualTo(5000);
  }

  @Test
  void arguments_outOfRange_areRefused() {
    NumberProfile profile = profile(1, 2);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> profile.quantile(1.5))
        .withMessage("share must be between 0 and 1 but was 1.5");
    assertThatIllegalArgumentException().isThrownBy(() -> profile.quantile(Double.NaN));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> profile.histogram(0))
        .withMessage("cells must be at least 1 but was 0");
  }
}
