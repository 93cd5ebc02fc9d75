package dev.mlstack.core.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mlstack.feature.FittedTransform;
import dev.mlstack.store.Value;
import java.math.BigDecimal;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The built-in steps, value by value. */
class StepsTest {

  private static final double MAX = Double.MAX_VALUE;
  private static final double INFINITY = Double.POSITIVE_INFINITY;

  static Stream<FittedTransform> steps() {
    return Stream.of(
        new ImputeNumber(-0.0),
        new ImputeNumber(1e300),
        new ImputeText(""),
        new ImputeText("\uD83D\uDE00 \"quoted\"\n"),
        new Standardize(0.1, Double.MIN_VALUE),
        new MinMax(-MAX, MAX),
        new MinMax(3, 3),
        new OneHot(List.of(), false, false),
        new OneHot(List.of(), true, true),
        new OneHot(List.of("", "a", "b"), false, true),
        new MissingNumber(true),
        new MissingNumber(false),
        new Robust(-1, 0.25),
        new Clip(-MAX, 0),
        new Log1p(),
        new YeoJohnson(-0.5),
        new BoxCox(0),
        new BinCode(new Borders(-1, 0.1, 5)),
        new BinOneHot(new Borders(), true),
        new BinText(new Borders(0)),
        new Ordinal(List.of("", "a")),
        new Frequency(List.of("a", "b"), 0.25, 1 / 3.0),
        new HashCode(100),
        new HashVector(7, true),
        new Cycle(1, 7),
        new GramCounts(Grams.words(1, 2), 9, Norm.NONE),
        new TfIdf(Grams.characters(2, 3), Norm.L2, List.of(" a", "ab"), 1.5, 2),
        SamplePipelines.TARGET_MEAN);
  }

  @ParameterizedTest
  @MethodSource("steps")
  void step_isLoadedFromItsParameters(FittedTransform step) {
    Value.Doc parameters =
        dev.mlstack.core.json.Json.parse(step.parameters().canonicalJson()).asDoc();
    assertThat(Operations.load(step.operation(), parameters)).contains(step);
  }

  @Test
  void everyBuiltInOperation_isAmongTheStepsAbove() {
    TreeSet<Object> tested = new TreeSet<>();
    steps().forEach(step -> tested.add(step.operation()));
    assertThat(tested).isEqualTo(new TreeSet<Object>(Operations.BUILT_IN.keySet()));
  }

  @Test
  void imputation_replacesOnlyWhatIsMissing() {
    ImputeNumber number = new ImputeNumber(2.5);
    assertThat(number.apply(Double.NaN)).isEqualTo(2.5);
    assertThat(number.apply(Double.longBitsToDouble(0xfff8_1234_0000_0001L))).isEqualTo(2.5);
    assertThat(number.apply(INFINITY)).isEqualTo(INFINITY);
    assertThat(number.apply(0)).isZero();
    ImputeText text = new ImputeText("x");
    assertThat(text.apply(null)).isEqualTo("x");
    assertThat(text.apply("")).isEmpty();
  }

  @Test
  void standardization_isTheFormula() {
    Random random = new Random(1);
    for (int i = 0; i < 1000; i++) {
      double mean = random.nextGaussian() * 100;
      double deviation = 0.1 + random.nextDouble();
      double value = random.nextGaussian() * 100;
      double exact =
          new BigDecimal(value)
              .subtract(new BigDecimal(mean))
              .divide(new BigDecimal(deviation), java.math.MathContext.DECIMAL128)
              .doubleValue();
      assertThat(new Standardize(mean, deviation).apply(value))
          .isCloseTo(exact, org.assertj.core.data.Offset.offset(Math.abs(exact) * 1e-15 + 1e-13));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0, 10, 0, 0",
    "0, 10, 10, 1",
    "0, 10, 2.5, 0.25",
    "0, 10, -5, -0.5",
    "0, 10, 20, 2",
    "0, 10, Infinity, Infinity",
    "0, 10, -Infinity, -Infinity",
    "0, 10, NaN, NaN",
    "3, 3, 3, 0",
    "3, 3, 4.5, 1.5",
    "-1.7976931348623157E308, 1.7976931348623157E308, 1.7976931348623157E308, 1",
    "-1.7976931348623157E308, 1.7976931348623157E308, -1.7976931348623157E308, 0",
    "-1.7976931348623157E308, 1.7976931348623157E308, 0, 0.5",
    "0, 4.9E-324, 4.9E-324, 1"
  })
  void minMax(double min, double max, double value, Double expected) {
    assertThat(Double.valueOf(new MinMax(min, max).apply(value))).isEqualTo(expected);
  }

  @Test
  void minMax_keepsWhatLiesBetween_between() {
    Random random = new Random(2);
    for (int i = 0; i < 100_000; i++) {
      double a = Double.longBitsToDouble(random.nextLong());
      double b = Double.longBitsToDouble(random.nextLong());
      double c = Double.longBitsToDouble(random.nextLong());
      if (Double.isFinite(a + b + c)) {
        double min = Math.min(a, Math.min(b, c));
        double max = Math.max(a, Math.max(b, c));
        MinMax minMax = new MinMax(min, max);
        assertThat(minMax.apply(min)).isZero();
        assertThat(minMax.apply(a)).isBetween(0.0, 1.0);
        assertThat(minMax.apply(max)).isEqualTo(min == max ? 0 : 1);
      }
    }
  }

  @Test
  void oneHot_saysWhichIndicatorIsOne() {
    OneHot all = new OneHot(List.of("", "a", "b"), true, true);
    assertThat(all.indicators()).containsExactly("", "a", "b", "(other)", "(missing)");
    assertThat(all.apply("")).isZero();
    assertThat(all.apply("b")).isEqualTo(2);
    assertThat(all.apply("B")).isEqualTo(3);
    assertThat(all.apply("(other)")).isEqualTo(3);
    assertThat(all.apply("(missing)")).isEqualTo(3);
    assertThat(all.apply(null)).isEqualTo(4);
    OneHot noMissing = new OneHot(List.of("a"), true, false);
    assertThat(noMissing.apply(null)).isEqualTo(1);
    OneHot noOther = new OneHot(List.of("a"), false, true);
    assertThat(noOther.apply(null)).isEqualTo(1);
    assertThat(noOther.apply("x")).isEqualTo(-1);
    OneHot neither = new OneHot(List.of("a"), false, false);
    assertThat(neither.apply(null)).isEqualTo(-1);
    assertThat(neither.apply("x")).isEqualTo(-1);
  }

  @Test
  void categoriesThatLookLikeOtherNames_areQuoted() {
    OneHot oneHot =
        new OneHot(List.of("''(other)", "'(other)'", "(missing)", "(other)", "other"), true, true);
    assertThat(oneHot.indicators())
        .containsExactly(
            "'''(other)'",
            "''(other)''",
            "'(missing)'",
            "'(other)'",
            "other",
            "(other)",
            "(missing)")
        .doesNotHaveDuplicates();
    assertThat(oneHot.apply("(other)")).isEqualTo(3);
  }

  @Test
  void parametersThatMakeNoSense_areRefused() {
    refused(() -> new ImputeNumber(Double.NaN), "number must be finite but was NaN");
    refused(() -> new Standardize(INFINITY, 1), "mean must be finite but was Infinity");
    refused(() -> new Standardize(0, 0), "deviation must be above 0 but was 0.0");
    refused(() -> new Standardize(0, -1), "deviation must be above 0 but was -1.0");
    refused(() -> new Standardize(0, INFINITY), "deviation must be finite but was Infinity");
    refused(() -> new MinMax(0, Double.NaN), "max must be finite but was NaN");
    refused(() -> new MinMax(1, 0), "max must be at least 1.0 but was 0.0");
    refused(() -> new OneHot(List.of("a", "a"), true, true), "'a' follows 'a'");
    refused(() -> new OneHot(List.of("b", "a"), true, true), "'a' follows 'b'");
  }

  private static void refused(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable make, String message) {
    assertThatThrownBy(make)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void numbersAreNarrowedToOneNaNAndOneZero() {
    assertThat(Float.floatToRawIntBits(Floats.narrow(Double.longBitsToDouble(-1))))
        .isEqualTo(0x7fc00000);
    assertThat(Float.floatToRawIntBits(Floats.narrow(-0.0))).isZero();
    assertThat(Float.floatToRawIntBits(Floats.narrow(-1e-60))).isZero();
    assertThat(Floats.narrow(1e39)).isEqualTo(Float.POSITIVE_INFINITY);
    assertThat(Floats.narrow(-MAX)).isEqualTo(Float.NEGATIVE_INFINITY);
    assertThat(Floats.narrow(0.1)).isEqualTo(0.1f);
  }

  @Test
  void textsOfWholeNumbers_areThoseOfLongToString() {
    Random random = new Random(3);
    List<String> known =
        random.longs(200, -50, 1000).distinct().mapToObj(Long::toString).sorted().toList();
    List<String> categories =
        Stream.concat(
                known.stream(),
                Stream.of("", "007", "1.0", "-0", "+5", "99999999999999999999", "x"))
            .sorted()
            .distinct()
            .toList();
    OneHot oneHot = new OneHot(categories, true, true);
    Texts texts = Texts.of((Lookup) null);
    for (long number = -2000; number < 2000; number++) {
      assertThat(texts.of(number)).isEqualTo(Long.toString(number));
    }
    for (long number : new long[] {Long.MIN_VALUE, Long.MAX_VALUE}) {
      assertThat(texts.of(number)).isEqualTo(Long.toString(number));
    }
    Texts kept = Texts.of(oneHot);
    long seen = Long.parseLong(known.get(0));
    assertThat(kept.of(seen)).isEqualTo(known.get(0)).isSameAs(kept.of(seen));
    assertThat(categories).doesNotContain(kept.of(123_456_789));
  }
}
