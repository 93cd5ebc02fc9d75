package dev.mlstack.core.math;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlstack.testkit.Seeds;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Tests the oracle: against decimals of 50 digits. */
class DoubleDoubleTest {

  private static final MathContext DIGITS = new MathContext(50);
  private static final int POINTS = 200;

  /** Some 2^-95. */
  private static final BigDecimal BOUND = new BigDecimal("1e-28");

  private static void assertClose(DoubleDouble actual, BigDecimal expected, Object what) {
    BigDecimal error = decimal(actual).subtract(expected).abs();
    assertThat(error.divide(expected.abs(), DIGITS)).as("%s", what).isLessThan(BOUND);
  }

  private static BigDecimal decimal(DoubleDouble x) {
    return new BigDecimal(x.high()).add(new BigDecimal(x.low()));
  }

  @Test
  void arithmetic_agreesWithDecimals() {
    long seed = Seeds.next();
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < POINTS; i++) {
      DoubleDouble a = DoubleDouble.sum(random.nextDouble(1, 2), random.nextDouble() * 0x1p-60);
      DoubleDouble b = DoubleDouble.sum(random.nextDouble(3, 9), random.nextDouble() * 0x1p-60);
      assertClose(a.plus(b), decimal(a).add(decimal(b)), seed);
      assertClose(a.times(b), decimal(a).multiply(decimal(b)), seed);
      assertClose(a.over(b), decimal(a).divide(decimal(b), DIGITS), seed);
    }
  }

  @Test
  void exp_agreesWithDecimals() {
    long seed = Seeds.next();
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < POINTS; i++) {
      double x = random.nextDouble(-745, 710);
      DoubleDouble.Scaled actual = DoubleDouble.exp(x);
      BigDecimal expected = DoubleDouble.bigExp(new BigDecimal(x), DIGITS);
      BigDecimal scale = BigDecimal.valueOf(2).pow(actual.exponent(), DIGITS);
      assertClose(actual.value(), expected.divide(scale, DIGITS), "seed " + seed + ", exp " + x);
    }
  }

  @Test
  void log_agreesWithDecimals() {
    long seed = Seeds.next();
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < POINTS; i++) {
      double x = i % 2 == 0 ? random.nextDouble(0.3, 3) : 1 + random.nextDouble() * 1e-9;
      BigDecimal expected = DoubleDouble.bigLog(new BigDecimal(x), DIGITS);
      assertClose(DoubleDouble.log(x), expected, "seed " + seed + ", log " + x);
    }
  }

  @Test
  void log_ofExp_isTheArgument() {
    BigDecimal e = DoubleDouble.bigExp(new BigDecimal("1.25"), DIGITS);
    assertThat(DoubleDouble.bigLog(e, DIGITS).round(new MathContext(40)))
        .isEqualByComparingTo("1.25");
  }

  @Test
  void ulps_ofNeighboursAndSubnormals_areCounted() {
    DoubleDouble.Scaled one = new DoubleDouble.Scaled(DoubleDouble.of(1), 0);
    assertThat(one.ulpsTo(Math.nextUp(1.0))).isEqualTo(1);
    assertThat(one.ulpsTo(Math.nextDown(1.0))).isEqualTo(-0.5);
    DoubleDouble.Scaled tiny = new DoubleDouble.Scaled(DoubleDouble.of(1.25), -1074);
    assertThat(tiny.ulpsTo(Double.MIN_VALUE)).isEqualTo(-0.25);
    DoubleDouble.Scaled huge = new DoubleDouble.Scaled(DoubleDouble.of(1), 1023);
    assertThat(huge.ulpsTo(Math.nextUp(0x1p1023))).isEqualTo(1);
  }
}
