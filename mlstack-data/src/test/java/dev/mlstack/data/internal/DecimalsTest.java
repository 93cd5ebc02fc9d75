package dev.mlstack.data.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlstack.testkit.Seeds;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The nearest double, as the JDK finds it with exact arithmetic. */
class DecimalsTest {

  private final long seed = Seeds.next();
  private final Random random = new Random(seed);

  private void assertNearest(long digits, int power) {
    BigDecimal exact =
        new BigDecimal(new BigInteger(Long.toUnsignedString(digits)), Math.negateExact(power));
    assertThat(Decimals.nearest(digits, power))
        .as("%s, seed %d", exact, seed)
        .isEqualTo(Double.parseDouble(exact.toString()));
  }

  private int power() {
    return Decimals.MIN_POWER + random.nextInt(Decimals.MAX_POWER - Decimals.MIN_POWER + 1);
  }

  @Test
  void nearest_anyDigits() {
    for (int i = 0; i < Seeds.repetitions(50_000, 50_000_000); i++) {
      assertNearest(random.nextLong() >>> random.nextInt(64), power());
    }
  }

  @Test
  void nearest_borders() {
    for (int power = Decimals.MIN_POWER; power <= Decimals.MAX_POWER; power++) {
      for (int bit = 0; bit < Long.SIZE; bit++) {
        assertNearest((1L << bit) - 1, power);
        assertNearest(1L << bit, power);
        assertNearest((1L << bit) + 1, power);
      }
      assertNearest(-1, power);
    }
  }

  /**
   * Digits as near as can be to the middle of two doubles, and whole numbers that are the middle.
   */
  @Test
  void nearest_halfWay() {
    MathContext nineteen = new MathContext(19, RoundingMode.FLOOR);
    for (int i = 0; i < Seeds.repetitions(30_000, 10_000_000); i++) {
      double low = Decimals.nearest(random.nextLong() >>> random.nextInt(20), power() / 2);
      BigDecimal middle =
          new BigDecimal(low).add(new BigDecimal(Math.nextUp(low))).divide(BigDecimal.valueOf(2));
      BigDecimal cut = middle.round(nineteen);
      if (cut.scale() <= -Decimals.MIN_POWER && cut.scale() >= -Decimals.MAX_POWER) {
        long digits = cut.unscaledValue().longValue();
        assertNearest(digits, -cut.scale());
        assertNearest(digits + 1, -cut.scale());
      }
      long odd = (1L << 53) + 1 + 2L * random.nextInt(1 << 30);
      assertNearest(odd, 0);
      assertNearest(odd, random.nextInt(4));
    }
  }
}
