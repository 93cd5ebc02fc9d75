package dev.mlstack.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ComparisonTest {

  private static Comparison of(double ours, double theirs) {
    return new Comparison("csv", "read", "s", ours, "FASTCSV", theirs);
  }

  @Test
  void theLineNamesMeasureUnitPeerAndRatio() {
    assertThat(of(0.61, 0.70))
        .hasToString("bench csv/read unit=s ours=0.61 FASTCSV=0.7 ratio=0.871");
  }

  @ParameterizedTest
  @CsvSource({"123456, 123000", "0.000012345, 0.0000123", "2, 2", "0, 0", "99.96, 100"})
  void numbersHaveThreeDigitsAndNoExponent(double cost, String digits) {
    assertThat(of(cost, 1).toString()).contains(" ours=" + digits + " ");
  }

  @Test
  void ratio_peerCostsNothing_isInfiniteUnlessWeCostNothingToo() {
    assertThat(of(3, 0).toString()).endsWith("ratio=inf");
    assertThat(of(0, 0).toString()).endsWith("ratio=1");
    assertThat(of(0, 3).toString()).endsWith("ratio=0");
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1, Double.NaN, Double.POSITIVE_INFINITY})
  void aCostThatIsNone_isRefused(double cost) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> of(cost, 1))
        .withMessage("ours must be finite and at least 0 but was " + cost);
    assertThatIllegalArgumentException().isThrownBy(() -> of(1, cost));
  }
}
