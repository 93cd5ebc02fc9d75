package dev.mlstack.core.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import dev.mlstack.compute.RandomStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BootstrapTest {

  private static final RandomStream NUMBERS = RandomStream.of(9, "numbers");

  private static Estimate ofMean(int rows, int width) {
    Bootstrap bootstrap = new Bootstrap(rows, width);
    double total = 0;
    for (int row = 0; row < rows; row++) {
      bootstrap.add(row, 0, 1);
      bootstrap.add(row, 1, NUMBERS.uniform(row));
      total += NUMBERS.uniform(row);
    }
    return bootstrap.estimate(total / rows, sums -> sums[1] / sums[0]);
  }

  @ParameterizedTest
  @CsvSource({"200, 2", "1000, 2", "5000, 2", "300000, 2", "2000, 3000"})
  void interval_ofAMean_isCloseToTheNormalOne(int rows, int width) {
    Estimate drawn = ofMean(rows, width);
    Estimate normal = Estimate.mean(rows, NUMBERS::uniform);
    assertThat(drawn.high() - drawn.low())
        .isCloseTo(normal.high() - normal.low(), withPercentage(20));
    assertThat(drawn.low()).isBetween(2 * normal.low() - normal.value(), normal.value());
    assertThat(drawn.high()).isBetween(normal.value(), 2 * normal.high() - normal.value());
  }

  @Test
  void interval_ofTheSameRows_hasTheSameBits() {
    assertThat(ofMean(3000, 2)).isEqualTo(ofMean(3000, 2));
  }

  @ParameterizedTest
  @ValueSource(ints = {7, Bootstrap.MAX_GROUPS, 100_000})
  void draws_haveAsManyRowsAsThereAreOnAverage(int rows) {
    Bootstrap bootstrap = new Bootstrap(rows, 1);
    for (int row = 0; row < rows; row++) {
      bootstrap.add(row, 0, 1);
    }
    double[] sum = new double[1];
    bootstrap.estimate(
        rows,
        sums -> {
          sum[0] += sums[0] / Bootstrap.RESAMPLES;
          return sums[0];
        });
    assertThat(sum[0]).isCloseTo(rows, withPercentage(0.1));
  }

  @Test
  void draws_whoseFigureIsUndefined_areLeftOut() {
    Bootstrap bootstrap = new Bootstrap(2, 2);
    bootstrap.add(0, 0, 1);
    bootstrap.add(1, 1, 1);
    // A quarter of the draws has the first row twice, a quarter the second.
    Estimate estimate =
        bootstrap.estimate(1, sums -> sums[0] == 0 ? Double.NaN : sums[1] / sums[0]);
    assertThat(estimate).isEqualTo(new Estimate(1, 0, 1));
  }

  @Test
  void estimate_ofAnUndefinedFigure_isUndefined() {
    Bootstrap bootstrap = new Bootstrap(3, 1);
    assertThat(bootstrap.estimate(Double.NaN, sums -> 1)).isEqualTo(Estimate.UNDEFINED);
    assertThat(bootstrap.estimate(1, sums -> Double.NaN))
        .isEqualTo(new Estimate(1, Double.NaN, Double.NaN));
  }
}
