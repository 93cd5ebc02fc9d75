package dev.mlstack.serve.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.apache.commons.statistics.distribution.ChiSquaredDistribution;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChiSquareTest {

  /** Values of {@code scipy.stats.chi2.sf} of SciPy. */
  @ParameterizedTest
  @CsvSource({
    "1e-9, 1, 0.999974768674784",
    "0.5, 1, 0.47950012218695337",
    "3.841458820694124, 1, 0.05",
    "30, 1, 4.3204630578274955e-08",
    "1400, 1, 2.1010145162644003e-306",
    "0.1, 2, 0.951229424500714",
    "5, 2, 0.0820849986238988",
    "18.3, 10, 0.050109061411462506",
    "3, 10, 0.9814240637778593",
    "11, 10, 0.3575180024279255",
    "66, 65, 0.4420795514141891",
    "20, 65, 0.9999999864763258",
    "150, 65, 1.1385138852681613e-08",
    "700, 65, 3.235929549424154e-107",
    "300, 301, 0.5054330340387084",
    "1, 400, 1.0",
    "500, 400, 0.00048221275959343273"
  })
  void upperTail_isThatOfScipy(double x, int degrees, double expected) {
    assertThat(ChiSquare.upperTail(x, degrees))
        .isCloseTo(expected, Percentage.withPercentage(1e-9));
  }

  @Test
  void upperTail_isThatOfAnotherLibrary_everywhere() {
    for (int degrees = 1; degrees <= 70; degrees++) {
      ChiSquaredDistribution other = ChiSquaredDistribution.of(degrees);
      double before = 1;
      for (double x = 0; x < 300; x += 0.73) {
        double tail = ChiSquare.upperTail(x, degrees);
        assertThat(tail)
            .as("%s of %d degrees", x, degrees)
            .isCloseTo(other.survivalProbability(x), within(1e-13))
            .isBetween(0.0, before);
        before = tail + 1e-15;
      }
    }
  }

  @Test
  void upperTail_atTheEnds() {
    assertThat(ChiSquare.upperTail(0, 1)).isEqualTo(1);
    assertThat(ChiSquare.upperTail(1e6, 3)).isZero();
    assertThat(ChiSquare.upperTail(Double.MIN_VALUE, 2)).isEqualTo(1);
  }
}
