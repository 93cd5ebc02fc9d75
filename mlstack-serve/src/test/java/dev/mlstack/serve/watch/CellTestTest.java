package dev.mlstack.serve.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.mlstack.testkit.Seeds;
import java.util.Arrays;
import java.util.Random;
import org.apache.commons.statistics.inference.ChiSquareTest;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class CellTestTest {

  private static final Percentage NEARLY = Percentage.withPercentage(1e-9);

  /**
   * Values of {@code chi2_contingency(correction=False)} and {@code jensenshannon(base=2)} of
   * SciPy.
   */
  @Test
  void twoSamples_compareAsInScipy() {
    CellTest few = new CellTest(new long[] {30, 50, 20}, new long[] {25, 40, 35});
    assertThat(few.pValue()).isCloseTo(0.05911427592751336, NEARLY);
    assertThat(few.distance()).isCloseTo(0.14353007054781547, NEARLY);
    // The distance in nats that is published for these shares.
    assertThat(few.distance() * Math.sqrt(Math.log(2))).isCloseTo(0.11949662, within(1e-8));
    CellTest many = new CellTest(new long[] {300, 500, 200, 90}, new long[] {250, 400, 350, 10});
    assertThat(many.pValue()).isCloseTo(2.427429146491786e-25, NEARLY);
    assertThat(many.distance()).isCloseTo(0.21002092678528786, NEARLY);
  }

  @Test
  void largeTables_compareAsInAnotherLibrary() {
    long seed = Seeds.next();
    Random random = new Random(seed);
    for (int round = 0; round < 500; round++) {
      int cells = 2 + random.nextInt(64);
      long[] reference = random.longs(cells, 5000, 100_000).toArray();
      double scale = 0.01 + random.nextDouble();
      long[] live =
          Arrays.stream(reference)
              .map(count -> Math.max(100, (long) (count * scale) + random.nextInt(60) - 30))
              .toArray();
      CellTest test = new CellTest(reference, live);
      assertThat(test.cells()).isEqualTo(cells);
      assertThat(test.pValue())
          .as("seed %d", seed)
          .isCloseTo(ChiSquareTest.withDefaults().test(reference, live).getPValue(), within(1e-9));
    }
  }

  @Test
  void equalShares_haveNoDistance_andNothingInCommonTheGreatest() {
    CellTest same = new CellTest(new long[] {10, 20, 30}, new long[] {100, 200, 300});
    assertThat(same.pValue()).isEqualTo(1);
    assertThat(same.distance()).isLessThan(1e-8);
    CellTest apart = new CellTest(new long[] {1000, 0}, new long[] {0, 1000});
    assertThat(apart.distance()).isEqualTo(1);
    assertThat(apart.pValue()).isZero();
  }

  @Test
  void cellsInWhichTooFewAreExpected_areJoinedWithTheirNeighbours() {
    // Of 60 live rows, 0.03 are expected in the middle cell.
    CellTest joined = new CellTest(new long[] {1000, 1, 1000}, new long[] {30, 0, 30});
    assertThat(joined.cells()).isEqualTo(2);
    assertThat(joined.pValue())
        .isCloseTo(
            ChiSquareTest.withDefaults()
                .test(new long[] {1000, 1001}, new long[] {30, 30})
                .getPValue(),
            within(1e-12));
    // What is left at the end goes to the last one.
    CellTest rest = new CellTest(new long[] {1000, 1000, 1, 0}, new long[] {30, 30, 0, 1});
    assertThat(rest.cells()).isEqualTo(2);
  }

  @Test
  void tinySamples_areOneCell_inWhichNothingCanDiffer() {
    for (long[] live : new long[][] {{1, 0, 0}, {0, 0, 1}, {0, 4, 0}, {0, 0, 9}}) {
      CellTest test = new CellTest(new long[] {300, 300, 300}, live);
      assertThat(test.cells()).as(Arrays.toString(live)).isLessThanOrEqualTo(2);
      if (test.cells() == 1) {
        assertThat(test.pValue()).isEqualTo(1);
        assertThat(test.distance()).isZero();
      }
    }
  }

  /** Values of {@code scipy.stats.false_discovery_control}. */
  @Test
  void adjusting_isThatOfBenjaminiAndHochberg() {
    assertThat(Drift.adjust(new double[] {0.01, 0.04, 0.03, 0.9, 0.005, 0.2, 0.03, 1.0}))
        .containsExactly(
            new double[] {0.04, 0.064, 0.06, 1, 0.04, 0.26666666666666666, 0.06, 1}, within(1e-15));
    assertThat(Drift.adjust(new double[0])).isEmpty();
    assertThat(Drift.adjust(new double[] {0.3})).containsExactly(0.3);
  }
}
