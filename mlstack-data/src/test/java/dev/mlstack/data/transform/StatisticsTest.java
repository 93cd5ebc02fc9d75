package dev.mlstack.data.transform;

import static dev.mlstack.data.transform.Fitting.learned;
import static dev.mlstack.data.transform.Fitting.numbers;
import static java.lang.Double.MAX_VALUE;
import static java.lang.Double.MIN_VALUE;
import static java.lang.Double.NEGATIVE_INFINITY;
import static java.lang.Double.NaN;
import static java.lang.Double.POSITIVE_INFINITY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.mlstack.core.feature.ImputeNumber;
import dev.mlstack.core.json.Json;
import dev.mlstack.feature.FittedTransform;
import dev.mlstack.feature.Transform;
import dev.mlstack.feature.ValueBlock;
import dev.mlstack.schema.FieldType;
import dev.mlstack.table.Table;
import dev.mlstack.testkit.RandomTables;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is learned from extreme data, against sorting, counting and exact decimal numbers. */
class StatisticsTest {

  private static final MathContext PRECISE = new MathContext(60);

  /** Returns numbers of some sort: all bit patterns, few distinct ones, or ordinary ones. */
  private static double[] some(String sort, Random random) {
    double[] values = new double[1 + random.nextInt(60)];
    for (int i = 0; i < values.length; i++) {
      values[i] =
          switch (sort) {
            case "bits" -> Double.longBitsToDouble(random.nextLong());
            case "few" -> random.nextInt(5) - 2;
            case "subnormal" -> random.nextInt(7) * MIN_VALUE * (random.nextBoolean() ? 1 : -1);
            case "large" -> (random.nextDouble() - 0.5) * 2 * MAX_VALUE;
            case "missing" -> random.nextInt(3) == 0 ? random.nextGaussian() : NaN;
            default -> random.nextGaussian() * 1000 + 5;
          };
      if (random.nextInt(20) == 0) {
        values[i] = random.nextBoolean() ? POSITIVE_INFINITY : NEGATIVE_INFINITY;
      }
    }
    return values;
  }

  private static double[] finite(double[] values) {
    return Arrays.stream(values).filter(Double::isFinite).map(value -> value + 0.0).toArray();
  }

  private static double learnt(Features plan, double[] values, String name) {
    return Json.parse(learned(plan, numbers(values))).asDoc().real(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"bits", "few", "subnormal", "large", "missing", "ordinary"})
  void statistics_areThoseOfTheFiniteNumbers(String sort) {
    long seed = RandomTables.seed();
    Random random = new Random(seed);
    int attempts = Boolean.getBoolean("mlstack.exhaustive") ? 3000 : 20;
    for (int i = 0; i < attempts; i++) {
      double[] values = some(sort, random);
      double[] sorted = finite(values);
      Arrays.sort(sorted);
      String what = "seed " + seed + ", values " + Arrays.toString(values);
      double median = learnt(Features.numeric().impute(Impute.MEDIAN), values, "number");
      assertThat(median).as(what).isEqualTo(median(sorted));
      double frequent = learnt(Features.numeric().impute(Impute.MOST_FREQUENT), values, "number");
      assertThat(frequent).as(what).isEqualTo(mostFrequent(sorted));
      double mean = learnt(Features.numeric().impute(Impute.MEAN), values, "number");
      assertClose(mean, exactMean(sorted), what);
      Features standardized = Features.numeric().standardize();
      assertThat(learnt(standardized, values, "mean")).as(what).isEqualTo(mean);
      assertClose(learnt(standardized, values, "deviation"), exactDeviation(sorted, mean), what);
      Features minMax = Features.numeric().minMax();
      double min = sorted.length == 0 ? 0 : sorted[0];
      assertThat(learnt(minMax, values, "min")).as(what).isEqualTo(min);
      double max = sorted.length == 0 ? 0 : sorted[sorted.length - 1];
      assertThat(learnt(minMax, values, "max")).as(what).isEqualTo(max);
    }
  }

  private static double median(double[] sorted) {
    int middle = sorted.length / 2;
    if (sorted.length % 2 == 1) {
      return sorted[middle];
    }
    return sorted.length == 0
        ? 0
        : new BigDecimal(sorted[middle - 1])
                .add(new BigDecimal(sorted[middle]))
                .multiply(new BigDecimal("0.5"))
                .doubleValue()
            + 0.0;
  }

  private static double mostFrequent(double[] sorted) {
    Map<Double, Integer> counts = new TreeMap<>();
    Arrays.stream(sorted).forEach(value -> counts.merge(value, 1, Integer::sum));
    double best = 0;
    int most = 0;
    for (Map.Entry<Double, Integer> entry : counts.entrySet()) {
      if (entry.getValue() > most) {
        most = entry.getValue();
        best = entry.getKey();
      }
    }
    return best;
  }

  private static double exactMean(double[] values) {
    BigDecimal sum = BigDecimal.ZERO;
    for (double value : values) {
      sum = sum.add(new BigDecimal(value));
    }
    return values.length == 0
        ? 0
        : sum.divide(BigDecimal.valueOf(values.length), 1200, java.math.RoundingMode.HALF_EVEN)
            .doubleValue();
  }

  private static double exactDeviation(double[] values, double mean) {
    BigDecimal sum = BigDecimal.ZERO;
    for (double value : values) {
      BigDecimal distance = new BigDecimal(value).subtract(new BigDecimal(mean));
      sum = sum.add(distance.multiply(distance));
    }
    if (sum.signum() == 0) {
      return 1;
    }
    double root =
        sum.divide(BigDecimal.valueOf(values.length), PRECISE).sqrt(PRECISE).doubleValue();
    return root > 0 ? root : 1;
  }

  private static void assertClose(double actual, double expected, String what) {
    assertThat(actual).as(what).isCloseTo(expected, within(Math.ulp(expected) * 4));
  }

  @Test
  void meanOfEqualNumbers_isThatNumber_whateverRoundingSays() {
    Random random = new Random(5);
    for (int i = 0; i < 300; i++) {
      double value = random.nextGaussian();
      double[] values = new double[1 + random.nextInt(40)];
      Arrays.fill(values, value);
      assertThat(learned(Features.numeric().standardize(), numbers(values)))
          .isEqualTo(
              dev.mlstack.store.Value.doc()
                  .put("mean", value)
                  .put("deviation", 1.0)
                  .build()
                  .canonicalJson());
    }
  }

  @Test
  void columnWithoutNumbers_learnsWhatTheDocumentationSays() {
    for (double[] values : new double[][] {{NaN}, {NaN, POSITIVE_INFINITY, NEGATIVE_INFINITY}}) {
      Table table = numbers(values);
      for (Impute by : Impute.values()) {
        assertThat(learned(Features.numeric().impute(by), table)).isEqualTo("{\"number\":0.0}");
      }
      assertThat(learned(Features.numeric().impute(3.5), table)).isEqualTo("{\"number\":3.5}");
      assertThat(learned(Features.numeric().standardize(), table))
          .isEqualTo("{\"deviation\":1.0,\"mean\":0.0}");
      assertThat(learned(Features.numeric().minMax(), table))
          .isEqualTo("{\"max\":0.0,\"min\":0.0}");
    }
  }

  @Test
  void columnWithoutTexts_learnsWhatTheDocumentationSays() {
    Table table = Fitting.column(FieldType.TEXT, null, null);
    assertThat(learned(Features.categorical().oneHot(), table))
        .isEqualTo("{\"categories\":[],\"missing\":true,\"other\":false}");
    assertThat(learned(Features.categorical().impute(Impute.MOST_FREQUENT).oneHot(), table))
        .isEqualTo("{\"categories\":[\"\"],\"missing\":false,\"other\":false}");
    assertThat(learned(Features.categorical().impute("none").oneHot(), table))
        .isEqualTo("{\"categories\":[\"none\"],\"missing\":false,\"other\":false}");
  }

  @Test
  void zerosOfBothSigns_areOneNumber() {
    double[] values = {-0.0, 0.0, -0.0, 1, 1};
    assertThat(learnt(Features.numeric().impute(Impute.MOST_FREQUENT), values, "number"))
        .isEqualTo(Double.valueOf(0.0));
    assertThat(learned(Features.numeric().impute(Impute.MEDIAN), numbers(-0.0, -0.0)))
        .isEqualTo("{\"number\":0.0}");
    assertThat(learned(Features.numeric().minMax(), numbers(-0.0, 3)))
        .isEqualTo("{\"max\":3.0,\"min\":0.0}");
  }

  @Test
  void stepsSeeWhatTheStepsBeforeThemGive() {
    // The mean of 1, 3 and 8 is 4; with a fourth value 4 the deviation shrinks.
    Table table = numbers(1, 3, 8, NaN);
    assertThat(learned(Features.numeric().impute(Impute.MEAN).standardize(), table))
        .isEqualTo("{\"deviation\":2.5495097567963922,\"mean\":4.0}");
    assertThat(learned(Features.numeric().impute(-1).minMax(), table))
        .isEqualTo("{\"max\":8.0,\"min\":-1.0}");
    assertThat(learned(Features.numeric().minMax().standardize().minMax(), numbers(2, 4)))
        .isEqualTo("{\"max\":1.0,\"min\":-1.0}");
  }

  @Test
  void categories_areTheMostFrequent_ofEquallyFrequentOnesTheSmallest() {
    long seed = RandomTables.seed();
    Random random = new Random(seed);
    for (int i = 0; i < 100; i++) {
      Object[] values = new Object[1 + random.nextInt(60)];
      Arrays.setAll(values, row -> "word " + random.nextInt(12));
      int limit = 1 + random.nextInt(12);
      Map<String, Integer> counts = new HashMap<>();
      Arrays.stream(values).forEach(value -> counts.merge((String) value, 1, Integer::sum));
      String[] expected =
          counts.keySet().stream()
              .filter(
                  word ->
                      counts.keySet().stream().filter(other -> before(other, word, counts)).count()
                          < limit)
              .sorted()
              .toArray(String[]::new);
      var learned =
          Json.parse(
                  learned(
                      Features.categorical().oneHot(limit), Fitting.column(FieldType.TEXT, values)))
              .asDoc();
      assertThat(learned.texts("categories")).as("seed %d", seed).containsExactly(expected);
      assertThat(learned.flag("other")).isEqualTo(counts.size() > limit);
      assertThat(learned.flag("missing")).isFalse();
    }
  }

  private static boolean before(String one, String other, Map<String, Integer> counts) {
    int byCount = Integer.compare(counts.getOrDefault(other, 0), counts.getOrDefault(one, 0));
    return byCount < 0 || (byCount == 0 && one.compareTo(other) < 0);
  }

  @Test
  void quantilesOfManyNumbers_areThoseOfTheSortedOnes() {
    long seed = RandomTables.seed();
    Random random = new Random(seed);
    double[] fractions = {0, 0.01, 0.3, 0.5, 0.987, 1};
    for (int size : new int[] {1, 2, 3, 1000, 50_001, 400_000}) {
      double[] values =
          switch (random.nextInt(3)) {
            case 0 -> random.doubles(size, -1, 1).toArray();
            case 1 -> random.ints(size, 18, 90).asDoubleStream().toArray();
            default ->
                random
                    .longs(size)
                    .mapToDouble(Double::longBitsToDouble)
                    .map(x -> Math.abs(x) <= Double.MAX_VALUE ? x : 0)
                    .toArray();
          };
      SortedNumbers[] found = new SortedNumbers[1];
      run(new OrderFit(numbers -> keep(numbers, found), fractions), values, random);
      Arrays.sort(values);
      assertThat(found[0].median()).as("seed %d", seed).isEqualTo(median(values));
      for (double fraction : fractions) {
        assertThat(found[0].quantile(fraction))
            .as("seed %d, %s of %d", seed, fraction, size)
            .isEqualTo(quantile(values, fraction));
      }
    }
  }

  private static FittedTransform keep(SortedNumbers numbers, SortedNumbers[] to) {
    to[0] = numbers;
    return new ImputeNumber(0);
  }

  private static double quantile(double[] sorted, double fraction) {
    double place = fraction * (sorted.length - 1);
    int below = (int) place;
    double part = place - below;
    return part == 0
        ? sorted[below] + 0.0
        : sorted[below] * (1 - part) + sorted[below + 1] * part + 0.0;
  }

  /** Runs the rounds of a fit over blocks that are cut anywhere and merged in any order. */
  private static <S, P> FittedTransform run(
      Transform.Fit<S, P> fit, double[] values, Random random) {
    S state = fit.start();
    while (!fit.done(state)) {
      P left = fit.partial(state, new ValueBlock.Numbers(new double[0], 0));
      P right = fit.partial(state, new ValueBlock.Numbers(new double[0], 0));
      for (int from = 0; from < values.length; ) {
        int count = Math.min(values.length - from, 1 + random.nextInt(5000));
        double[] block = Arrays.copyOfRange(values, from, from + count);
        if (random.nextBoolean()) {
          left = fit.add(state, left, new ValueBlock.Numbers(block, count));
        } else {
          right = fit.add(state, right, new ValueBlock.Numbers(block, count));
        }
        from += count;
      }
      state = fit.update(state, fit.merge(right, left));
    }
    return fit.result(state);
  }
}
