package dev.mlstack.core.math;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlstack.testkit.Seeds;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Sine, cosine and {@code expm1} against their Taylor series in 60 digits. */
class TurnsTest {

  private static final MathContext DIGITS = new MathContext(60);
  private static final BigDecimal TWO_PI =
      new BigDecimal("6.28318530717958647692528676655900576839433879875021164194989");
  private static final int POINTS = Seeds.repetitions(2_000, 100_000);

  /** Returns x^from / from! - x^(from+2) / (from+2)! + ..., or the sum of every power. */
  private static BigDecimal series(BigDecimal x, int from, int step) {
    BigDecimal term = from == 0 ? BigDecimal.ONE : x;
    BigDecimal sum = BigDecimal.ZERO;
    for (int n = from; term.signum() != 0 && n < 120; n += step) {
      sum = sum.add(term, DIGITS);
      for (int i = 1; i <= step; i++) {
        term = term.multiply(x, DIGITS).divide(BigDecimal.valueOf(n + i), DIGITS);
      }
      term = step == 2 ? term.negate() : term;
    }
    return sum;
  }

  private static void within(double bound, double actual, BigDecimal exact, double x) {
    BigDecimal error = new BigDecimal(actual).subtract(exact).abs();
    double ulp = Math.ulp(exact.doubleValue());
    assertThat(error.doubleValue() / ulp).as("at %s", x).isLessThan(bound);
  }

  @Test
  void errorsOfSineAndCosine_areBelowTheClaim() {
    Random random = new Random(11);
    for (int i = 0; i < POINTS; i++) {
      double turns = (random.nextDouble() - 0.5) * (i % 2 == 0 ? 1 : 0x1p-20);
      BigDecimal angle = new BigDecimal(turns).multiply(TWO_PI, DIGITS);
      within(2, StableMath.sinOfTurns(turns), series(angle, 1, 2), turns);
      within(2, StableMath.cosOfTurns(turns), series(angle, 0, 2), turns);
    }
  }

  @Test
  void errorOfExpm1_isBelowTheClaim() {
    Random random = new Random(12);
    for (int i = 0; i < POINTS; i++) {
      double x = (random.nextDouble() - 0.5) * (i % 3 == 0 ? 8 : i % 3 == 1 ? 1 : 1e-9);
      within(4, StableMath.expm1(x), series(new BigDecimal(x), 1, 1), x);
    }
    assertThat(StableMath.expm1(Double.NEGATIVE_INFINITY)).isEqualTo(-1);
    assertThat(StableMath.expm1(Double.POSITIVE_INFINITY)).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(StableMath.expm1(Double.NaN)).isNaN();
  }

  @Test
  void wholeTurns_areTakenAwayExactly() {
    Random random = new Random(13);
    for (int i = 0; i < 1000; i++) {
      double part = random.nextInt(1 << 20) / 1048576.0;
      double turns = random.nextInt() + part;
      assertThat(StableMath.sinOfTurns(turns)).isEqualTo(StableMath.sinOfTurns(part));
      assertThat(StableMath.cosOfTurns(turns)).isEqualTo(StableMath.cosOfTurns(part));
    }
    assertThat(StableMath.sinOfTurns(Double.MAX_VALUE)).isZero();
    assertThat(StableMath.cosOfTurns(-Double.MAX_VALUE)).isEqualTo(1);
    assertThat(StableMath.sinOfTurns(Double.POSITIVE_INFINITY)).isNaN();
    assertThat(StableMath.cosOfTurns(Double.NaN)).isNaN();
  }

  @Test
  void quarters_areExact() {
    assertThat(StableMath.sinOfTurns(0.25)).isEqualTo(1);
    assertThat(StableMath.sinOfTurns(0.75)).isEqualTo(-1);
    assertThat(StableMath.cosOfTurns(0.25)).isZero();
    assertThat(StableMath.cosOfTurns(0.5)).isEqualTo(-1);
    assertThat(StableMath.sinOfTurns(-0.25)).isEqualTo(-1);
    assertThat(StableMath.sinOfTurns(0.5)).isZero();
  }
}
