package dev.mlstack.core.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EstimateTest {

  /**
   * Table I of R. Newcombe, "Two-sided confidence intervals for the single proportion: comparison
   * of seven methods", Statistics in Medicine 17, 1998, method 3.
   */
  @ParameterizedTest
  @CsvSource({
    "81, 263, 0.2553, 0.3662",
    "15, 148, 0.0624, 0.1605",
    "0, 20, 0.0000, 0.1611",
    "1, 29, 0.0061, 0.1718",
  })
  void proportion_hasThePublishedInterval(long successes, long trials, double low, double high) {
    Estimate estimate = Estimate.proportion(successes, trials);
    assertThat(estimate.value()).isEqualTo(successes / (double) trials);
    assertThat(estimate.low()).isCloseTo(low, offset(5e-5));
    assertThat(estimate.high()).isCloseTo(high, offset(5e-5));
  }

  @Test
  void proportion_isSymmetricAndEndsAtItsLimits() {
    for (int trials = 1; trials < 50; trials++) {
      for (int successes = 0; successes <= trials; successes++) {
        Estimate some = Estimate.proportion(successes, trials);
        Estimate others = Estimate.proportion(trials - successes, trials);
        assertThat(some.low()).isCloseTo(1 - others.high(), offset(1e-15));
        assertThat(some.low()).isBetween(0.0, some.value());
        assertThat(some.high()).isBetween(some.value(), 1.0);
      }
      assertThat(Estimate.proportion(0, trials).low()).isZero();
      assertThat(Estimate.proportion(trials, trials).high()).isEqualTo(1);
    }
  }

  @Test
  void proportion_ofNothing_isUndefined() {
    assertThat(Estimate.proportion(0, 0)).isEqualTo(Estimate.UNDEFINED);
  }

  @Test
  void mean_hasTheNormalInterval() {
    double[] values = {1, 2, 3, 4, 10};
    Estimate estimate = Estimate.mean(5, i -> values[i]);
    // The variance is 12.5, the standard error the root of 2.5.
    double half = 1.959963984540054 * Math.sqrt(2.5);
    assertThat(estimate.value()).isEqualTo(4);
    assertThat(estimate.low()).isCloseTo(4 - half, offset(1e-14));
    assertThat(estimate.high()).isCloseTo(4 + half, offset(1e-14));
  }

  @Test
  void mean_near0_hasNoNegativeEnd() {
    Estimate estimate = Estimate.mean(3, i -> i == 0 ? 10 : 0);
    assertThat(estimate.low()).isZero();
    assertThat(estimate.high()).isGreaterThan(estimate.value());
  }

  @Test
  void mean_ofOneNumber_hasNoInterval() {
    assertThat(Estimate.mean(1, i -> 3)).isEqualTo(new Estimate(3, Double.NaN, Double.NaN));
    assertThat(Estimate.rootMean(1, i -> 9)).isEqualTo(new Estimate(3, Double.NaN, Double.NaN));
  }

  @Test
  void mean_doesNotDependOnTheOrder() {
    double[] values = {1e16, 1, 1e-3, 7e15, 3, 1e-9};
    Estimate rising = Estimate.mean(6, i -> values[i]);
    Estimate falling = Estimate.mean(6, i -> values[5 - i]);
    assertThat(falling).isEqualTo(rising);
  }

  @Test
  void rootMean_hasTheIntervalOfTheDeltaMethod() {
    double[] values = {1, 2, 3, 4, 10};
    Estimate root = Estimate.rootMean(5, i -> values[i]);
    double half = 1.959963984540054 * Math.sqrt(2.5) / 4;
    assertThat(root.value()).isEqualTo(2);
    assertThat(root.low()).isCloseTo(2 - half, offset(1e-14));
    assertThat(root.high()).isCloseTo(2 + half, offset(1e-14));
  }

  @Test
  void rootMean_ofZeros_isZero() {
    assertThat(Estimate.rootMean(4, i -> 0)).isEqualTo(new Estimate(0, 0, 0));
  }
}
