package dev.mlstack.core.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class ExactSumsTest {

  private static final int SIZE = 7;

  private static ExactSums sum(List<double[]> arrays) {
    ExactSums sums = ExactSums.of(arrays.get(0));
    for (double[] array : arrays.subList(1, arrays.size())) {
      sums.add(ExactSums.of(array));
    }
    return sums;
  }

  /** Returns numbers of all magnitudes and signs, zeros and subnormal ones among them. */
  private static List<double[]> arrays(Random random, int count) {
    List<double[]> arrays = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double[] array = new double[SIZE];
      int exponent = random.nextInt(2000) - 1040;
      for (int k = 0; k < SIZE; k++) {
        array[k] =
            random.nextInt(5) == 0 ? 0.0 : Math.scalb(random.nextDouble() - 0.5, exponent + k);
      }
      arrays.add(array);
    }
    return arrays;
  }

  @RepeatedTest(20)
  void values_areTheTrueSumsRoundedOnce() {
    long seed = Long.getLong("mlstack.seed", System.nanoTime());
    List<double[]> arrays = arrays(new Random(seed), 50);
    double[] values = sum(arrays).values();
    for (int k = 0; k < SIZE; k++) {
      BigDecimal exact = BigDecimal.ZERO;
      ExactSum single = new ExactSum();
      for (double[] array : arrays) {
        exact = exact.add(new BigDecimal(array[k]));
        single.add(array[k]);
      }
      assertThat(values[k]).as("-Dmlstack.seed=%d", seed).isEqualTo(exact.doubleValue());
      assertThat(values[k]).as("-Dmlstack.seed=%d", seed).isEqualTo(single.value());
    }
  }

  @RepeatedTest(20)
  void values_dependNeitherOnOrderNorOnGrouping() {
    long seed = Long.getLong("mlstack.seed", System.nanoTime());
    Random random = new Random(seed);
    List<double[]> arrays = arrays(random, 40);
    double[] expected = sum(arrays).values();
    Collections.shuffle(arrays, random);
    int cut = 1 + random.nextInt(38);
    ExactSums left = sum(arrays.subList(0, cut));
    ExactSums right = sum(arrays.subList(cut, arrays.size()));
    assertThat(left.add(right).values()).as("-Dmlstack.seed=%d", seed).isEqualTo(expected);
  }

  @Test
  void add_leavesTheOtherAsItIs() {
    ExactSums one = ExactSums.of(new double[] {1, 2});
    ExactSums other = ExactSums.of(new double[] {10, 20});
    one.add(other);
    one.add(other);
    assertThat(one.values()).containsExactly(21, 42);
    assertThat(other.values()).containsExactly(10, 20);
    other.add(ExactSums.of(new double[] {1, 1}));
    assertThat(one.add(other).values()).containsExactly(32, 63);
    assertThat(other.values()).containsExactly(11, 21);
  }

  @Test
  void values_ofASingleArray_areItsNumbers_andZeroHasNoSign() {
    double[] values = ExactSums.of(new double[] {-0.0, 0.1, Double.MIN_VALUE}).values();
    assertThat(values).containsExactly(0.0, 0.1, Double.MIN_VALUE);
    assertThat(1 / values[0]).isEqualTo(Double.POSITIVE_INFINITY);
    double[] cancelled =
        ExactSums.of(new double[] {1e300}).add(ExactSums.of(new double[] {-1e300})).values();
    assertThat(1 / cancelled[0]).isEqualTo(Double.POSITIVE_INFINITY);
  }

  @Test
  void values_canBeReadInBetween() {
    ExactSums sums = ExactSums.of(new double[] {1e100});
    sums.add(ExactSums.of(new double[] {1}));
    assertThat(sums.values()).containsExactly(1e100);
    sums.add(ExactSums.of(new double[] {-1e100}));
    assertThat(sums.values()).containsExactly(1);
  }

  @Test
  void infinitiesAndNaN_stayWhereTheyAre() {
    double[] one = {Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, Double.NaN, 1};
    double[] other = {5, Double.NEGATIVE_INFINITY, 5, 1};
    assertThat(sum(List.of(one, other, other)).values())
        .containsExactly(Double.POSITIVE_INFINITY, Double.NaN, Double.NaN, 3);
    ExactSums left = sum(List.of(other, other));
    assertThat(left.add(sum(List.of(one, other))).values())
        .containsExactly(Double.POSITIVE_INFINITY, Double.NaN, Double.NaN, 4);
  }

  @Test
  void overflow_givesInfinity() {
    double[] most = {Double.MAX_VALUE, -Double.MAX_VALUE};
    assertThat(sum(List.of(most, most)).values())
        .containsExactly(Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);
    assertThat(
            sum(List.of(most, most, new double[] {-Double.MAX_VALUE, Double.MAX_VALUE})).values())
        .containsExactly(most);
  }

  @Test
  void add_ofAnotherSize_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ExactSums.of(new double[3]).add(ExactSums.of(new double[2])))
        .withMessage("sums to add must be 3 but are 2");
    assertThat(ExactSums.of(new double[3]).size()).isEqualTo(3);
    assertThat(Arrays.stream(ExactSums.of(new double[0]).values()).count()).isZero();
  }
}
