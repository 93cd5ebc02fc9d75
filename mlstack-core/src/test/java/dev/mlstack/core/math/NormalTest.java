package dev.mlstack.core.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.mlstack.store.Digest;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NormalTest {

  /** Roots of {@code erfc(-x / sqrt(2)) / 2 = p}, found by mpmath in 40 digits. */
  @ParameterizedTest
  @CsvSource({
    "1e-300, -37.047096299361199",
    "1e-100, -21.273453560965324",
    "1e-20, -9.2623400897984076",
    "1e-11, -6.7060231554951363",
    "1e-06, -4.753424308822899",
    "0.001, -3.0902323061678135",
    "0.025, -1.9599639845400542",
    "0.07, -1.4757910281791707",
    "0.0751, -1.43882539275254",
    "0.25, -0.67448975019608174",
    "0.6, 0.25334710313579974",
    "0.9, 1.2815515655446006",
    "0.925, 1.4395314709384562",
    "0.975, 1.9599639845400539",
    "0.995, 2.5758293035489005",
    "0.999999, 4.7534243088170878",
  })
  void quantile_agreesWithTheInverseErrorFunction(double probability, double quantile) {
    assertThat(Normal.quantile(probability)).isCloseTo(quantile, Percentage.withPercentage(1e-13));
  }

  @Test
  void quantile_ofTheEndsAndTheMiddle() {
    assertThat(Normal.quantile(0)).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(Normal.quantile(1)).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(Normal.quantile(0.5)).isZero();
  }

  @Test
  void quantile_isSymmetricAndRises() {
    double last = Double.NEGATIVE_INFINITY;
    for (int i = 1; i < 4096; i++) {
      double quantile = Normal.quantile(i / 4096.0);
      assertThat(quantile).isGreaterThan(last).isEqualTo(-Normal.quantile(1 - i / 4096.0));
      last = quantile;
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1e-9, 1.0000001, Double.NaN})
  void quantile_ofNoProbability_isRefused(double probability) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Normal.quantile(probability))
        .withMessage("probability must be from 0 to 1 but was " + probability);
  }

  @Test
  void bits_areFrozen() {
    Digest.Hasher hasher = new Digest.Hasher();
    for (int i = 1; i < 100_000; i++) {
      hasher.update(Double.doubleToLongBits(Normal.quantile(i / 100_000.0)));
      hasher.update(Double.doubleToLongBits(Normal.quantile(Math.scalb(1.5, -1 - i / 100))));
    }
    assertThat(hasher.digest().hex())
        .isEqualTo("b98c17b5bd3cebafc22b85f040a2cfcb169cefa979255f7a88bf01d441954c98");
  }
}
