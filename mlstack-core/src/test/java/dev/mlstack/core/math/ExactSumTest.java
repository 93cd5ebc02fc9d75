package dev.mlstack.core.math;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlstack.testkit.Seeds;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ExactSumTest {

  private static final int REPETITIONS = Seeds.repetitions(300, 20_000);
  private static final double INFINITY = Double.POSITIVE_INFINITY;

  private static double sum(double... values) {
    ExactSum sum = new ExactSum();
    sum.add(values, 0, values.length);
    return sum.value();
  }

  private static double decimalSum(double... values) {
    BigDecimal sum = BigDecimal.ZERO;
    for (double value : values) {
      sum = sum.add(new BigDecimal(value));
    }
    return sum.doubleValue();
  }

  private static void shuffle(double[] values, SplittableRandom random) {
    for (int i = values.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      double value = values[i];
      values[i] = values[j];
      values[j] = value;
    }
  }

  /** Makes the numbers of one repetition. */
  private interface Numbers extends Function<SplittableRandom, double[]> {}

  static Stream<Arguments> kindsOfNumbers() {
    return Stream.of(
        kind("between -1 and 1", random -> random.doubles(100, -1, 1).toArray()),
        kind("any bits", random -> finite(random, 50)),
        kind("few of any bits", random -> finite(random, 2)),
        kind("cancelling", ExactSumTest::cancelling),
        kind("subnormal", random -> scaled(random, -1080)),
        kind("huge", random -> scaled(random, 960)),
        kind("one tiny beside huge ones", ExactSumTest::oneTiny));
  }

  private static Arguments kind(String name, Numbers numbers) {
    return Arguments.of(org.junit.jupiter.api.Named.of(name, numbers));
  }

  private static double[] finite(SplittableRandom random, int count) {
    return random
        .longs(count)
        .mapToDouble(Double::longBitsToDouble)
        .filter(Double::isFinite)
        .toArray();
  }

  private static double[] scaled(SplittableRandom random, int exponent) {
    return random
        .doubles(30, -1, 1)
        .map(x -> Math.scalb(x, exponent + random.nextInt(60)))
        .toArray();
  }

  /** All of it cancels but the last few. */
  private static double[] cancelling(SplittableRandom random) {
    double[] half = finite(random, 20);
    double[] all = Arrays.copyOf(half, 2 * half.length + 3);
    for (int i = 0; i < half.length; i++) {
      all[half.length + i] = -half[i];
    }
    for (int i = 2 * half.length; i < all.length; i++) {
      all[i] = Math.scalb(random.nextDouble(-1, 1), random.nextInt(-1070, 900));
    }
    return all;
  }

  private static double[] oneTiny(SplittableRandom random) {
    double huge = Math.scalb(1.0, random.nextInt(0, 1000));
    double tiny = random.nextBoolean() ? Double.MIN_VALUE : -Double.MIN_VALUE;
    return new double[] {huge, Math.ulp(huge) / 2, tiny, random.nextInt(3) * Math.ulp(huge)};
  }

  @ParameterizedTest
  @MethodSource("kindsOfNumbers")
  void value_isTheRoundedDecimalSum(Numbers numbers) {
    long seed = Seeds.next();
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < REPETITIONS; i++) {
      double[] values = numbers.apply(random);
      assertThat(sum(values)).as("seed %s", seed).isEqualTo(decimalSum(values) + 0.0);
    }
  }

  @ParameterizedTest
  @MethodSource("kindsOfNumbers")
  void value_doesNotDependOnOrderOrParts(Numbers numbers) {
    long seed = Seeds.next();
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < REPETITIONS; i++) {
      double[] values = numbers.apply(random);
      double whole = sum(values);
      shuffle(values, random);
      ExactSum left = new ExactSum();
      ExactSum right = new ExactSum();
      for (double value : values) {
        (random.nextBoolean() ? left : right).add(value);
        if (random.nextInt(10) == 0) {
          assertThat(left.value()).isNotNaN();
        }
      }
      double rightAlone = right.value();
      left.add(right);
      assertThat(left.value()).as("seed %s", seed).isEqualTo(whole);
      assertThat(right.value()).as("seed %s", seed).isEqualTo(rightAlone);
    }
  }

  @Test
  void value_ofNothingOrOfZeros_isPositiveZero() {
    assertThat(Double.doubleToRawLongBits(sum())).isZero();
    assertThat(Double.doubleToRawLongBits(sum(-0.0, -0.0))).isZero();
    assertThat(Double.doubleToRawLongBits(sum(-3, 3))).isZero();
  }

  @Test
  void value_halfwayBetweenDoubles_isTheEvenOne() {
    double ulp = Math.ulp(1.0);
    assertThat(sum(1, ulp / 2)).isEqualTo(1);
    assertThat(sum(1 + ulp, ulp / 2)).isEqualTo(1 + 2 * ulp);
    assertThat(sum(-1, -ulp / 2)).isEqualTo(-1);
    assertThat(sum(-1 - ulp, -ulp / 2)).isEqualTo(-1 - 2 * ulp);
    assertThat(sum(1, ulp / 2, Double.MIN_VALUE)).isEqualTo(1 + ulp);
    assertThat(sum(1, ulp / 2, -Double.MIN_VALUE)).isEqualTo(1);
    assertThat(sum(1 + ulp, ulp / 2, -Double.MIN_VALUE)).isEqualTo(1 + ulp);
  }

  @Test
  void value_beyondTheRange_isInfiniteOnlyIfTheSumIs() {
    double max = Double.MAX_VALUE;
    double half = Math.ulp(max) / 2;
    assertThat(sum(max, max)).isEqualTo(INFINITY);
    assertThat(sum(-max, -max)).isEqualTo(-INFINITY);
    assertThat(sum(max, max, -max)).isEqualTo(max);
    assertThat(sum(max, half)).isEqualTo(INFINITY);
    assertThat(sum(max, half, -Double.MIN_VALUE)).isEqualTo(max);
  }

  @Test
  void specials_followTheRulesOfAddition() {
    assertThat(sum(1, INFINITY, -5)).isEqualTo(INFINITY);
    assertThat(sum(-INFINITY, Double.MAX_VALUE)).isEqualTo(-INFINITY);
    assertThat(sum(INFINITY, -INFINITY)).isNaN();
    assertThat(sum(-INFINITY, INFINITY, INFINITY)).isNaN();
    assertThat(sum(1, Double.NaN, INFINITY)).isNaN();
  }

  @Test
  void specials_ofParts_followTheRulesOfAddition() {
    ExactSum left = new ExactSum();
    left.add(INFINITY);
    ExactSum right = new ExactSum();
    right.add(-INFINITY);
    left.add(right);
    assertThat(left.value()).isNaN();
    left.add(-INFINITY);
    assertThat(left.value()).isNaN();
    assertThat(right.value()).isEqualTo(-INFINITY);
  }

  @Test
  void nan_hasOneForm() {
    double odd = Double.longBitsToDouble(0xFFF8000000000123L);
    for (double nan : new double[] {sum(odd), sum(INFINITY, -INFINITY), sum(1, Double.NaN)}) {
      assertThat(Double.doubleToRawLongBits(nan)).isEqualTo(0x7FF8000000000000L);
    }
  }

  @Test
  void sum_addedToItself_doubles() {
    ExactSum sum = new ExactSum();
    sum.add(-0.1);
    for (int i = 0; i < 62; i++) {
      sum.add(sum);
    }
    assertThat(sum.value()).isEqualTo(Math.scalb(-0.1, 62));
    ExactSum huge = new ExactSum();
    huge.add(Double.MAX_VALUE);
    for (int i = 0; i < 62; i++) {
      huge.add(huge);
    }
    assertThat(huge.value()).isEqualTo(INFINITY);
    ExactSum negative = new ExactSum();
    negative.add(-Double.MAX_VALUE);
    for (int i = 0; i < 62; i++) {
      negative.add(negative);
    }
    huge.add(negative);
    huge.add(Double.MIN_VALUE);
    assertThat(huge.value()).isEqualTo(Double.MIN_VALUE);
  }

  @Test
  @EnabledIfSystemProperty(named = "mlstack.exhaustive", matches = "true")
  void chunks_beyondTheCarryLimit_doNotOverflow() {
    final long count = (1L << 29) + 12345;
    double allOnes = Double.longBitsToDouble(0x3FFFFFFFFFFFFFFFL);
    ExactSum up = new ExactSum();
    ExactSum down = new ExactSum();
    for (long i = 0; i < count; i++) {
      up.add(allOnes);
      down.add(-allOnes);
    }
    double expected = new BigDecimal(allOnes).multiply(BigDecimal.valueOf(count)).doubleValue();
    assertThat(up.value()).isEqualTo(expected);
    assertThat(down.value()).isEqualTo(-expected);
  }
}
