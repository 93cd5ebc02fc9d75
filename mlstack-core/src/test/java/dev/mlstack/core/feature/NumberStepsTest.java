package dev.mlstack.core.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class NumberStepsTest {

  private static final double INFINITY = Double.POSITIVE_INFINITY;

  @Test
  void clip_keepsWhatIsInTheRange_andWhatIsMissing() {
    Clip clip = new Clip(-1, 2);
    assertThat(clip.apply(-INFINITY)).isEqualTo(-1);
    assertThat(clip.apply(0.5)).isEqualTo(0.5);
    assertThat(clip.apply(3)).isEqualTo(2);
    assertThat(clip.apply(Double.NaN)).isNaN();
    assertThatThrownBy(() -> new Clip(1, 0)).hasMessage("high must be at least 1.0 but was 0.0");
  }

  /** The formulas as their authors write them, with the functions of StrictMath. */
  @Test
  void powers_areTheFormulas() {
    Random random = new Random(5);
    for (int i = 0; i < 20_000; i++) {
      double lambda = i % 50 == 0 ? 0 : i % 50 == 1 ? 2 : random.nextDouble() * 8 - 4;
      double x = random.nextGaussian() * StrictMath.exp(random.nextGaussian() * 2);
      double expected =
          x >= 0
              ? boxCox(x + 1, lambda, StrictMath.log1p(x))
              : -boxCox(1 - x, 2 - lambda, StrictMath.log1p(-x));
      assertThat(new YeoJohnson(lambda).apply(x))
          .isCloseTo(expected, within(1e-12 * (1 + Math.abs(expected))));
      double positive = Math.abs(x) + 1e-9;
      double expectedOfPositive = boxCox(positive, lambda, StrictMath.log(positive));
      assertThat(new BoxCox(lambda).apply(positive))
          .isCloseTo(expectedOfPositive, within(1e-12 * (1 + Math.abs(expectedOfPositive))));
    }
  }

  private static double boxCox(double y, double lambda, double log) {
    if (lambda == 0) {
      return log;
    }
    return Math.abs(lambda * log) < 1e-3
        ? StrictMath.expm1(lambda * log) / lambda
        : (StrictMath.pow(y, lambda) - 1) / lambda;
  }

  @Test
  void powers_ofWhatHasNone_areMissing() {
    assertThat(new BoxCox(0.5).apply(-1)).isNaN();
    assertThat(new BoxCox(0.5).apply(Double.NaN)).isNaN();
    assertThat(new YeoJohnson(0.5).apply(Double.NaN)).isNaN();
    assertThat(new YeoJohnson(1).apply(-3.5)).isCloseTo(-3.5, within(1e-14));
    assertThat(new YeoJohnson(0.5).apply(INFINITY)).isEqualTo(INFINITY);
    assertThat(new Log1p().apply(-2)).isNaN();
  }

  @Test
  void bin_isTheNumberOfBordersThatAreNotAbove() {
    Random random = new Random(3);
    for (int size = 0; size < 40; size++) {
      double[] numbers = random.doubles(size).sorted().distinct().toArray();
      Borders borders = new Borders(numbers);
      for (int i = 0; i < 200; i++) {
        double value = i < numbers.length ? numbers[i] : random.nextDouble() * 1.2 - 0.1;
        int expected = 0;
        for (double border : numbers) {
          expected += border <= value ? 1 : 0;
        }
        assertThat(borders.bin(value)).isEqualTo(expected);
      }
      assertThat(borders.bin(-INFINITY)).isZero();
      assertThat(borders.bin(INFINITY)).isEqualTo(borders.bins() - 1);
      assertThat(borders.names()).hasSize(borders.bins()).doesNotHaveDuplicates();
    }
  }

  @Test
  void bins_areNamedByTheirBorders() {
    assertThat(new Borders(18, 65).names()).containsExactly("<18.0", "18.0..65.0", ">=65.0");
    assertThat(new BinOneHot(new Borders(0), true).indicators())
        .containsExactly("<0.0", ">=0.0", "(missing)");
    assertThatThrownBy(() -> new Borders(1, 1))
        .hasMessage("borders must ascend but 1.0 follows 1.0");
  }

  @Test
  void missingNumbers_haveACodeOfTheirOwn() {
    BinCode code = new BinCode(new Borders(0));
    assertThat(code.cardinality()).isEqualTo(3);
    assertThat(code.apply(Double.NaN)).isEqualTo(2);
    assertThat(code.apply(-1)).isZero();
    assertThat(new BinOneHot(new Borders(0), false).apply(Double.NaN)).isEqualTo(-1);
    assertThat(new BinText(new Borders(0)).apply(Double.NaN)).isNull();
    assertThat(new MissingNumber(true).apply(Double.NaN)).isZero();
    assertThat(new MissingNumber(true).apply(INFINITY)).isEqualTo(-1);
    assertThat(new MissingNumber(false).indicators()).isEmpty();
  }
}
