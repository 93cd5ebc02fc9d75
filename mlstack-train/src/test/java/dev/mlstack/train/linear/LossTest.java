package dev.mlstack.train.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.mlstack.testkit.Seeds;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LossTest {

  private static final double STEP = 1e-5;

  static Stream<Arguments> losses() {
    return Stream.of(
        Arguments.of(new LogisticLoss(0), 2),
        Arguments.of(new SquaredLoss(new double[3]), 0),
        Arguments.of(new SoftmaxLoss(new double[] {1, 1, 1, 1}), 4),
        Arguments.of(new SoftmaxLoss(new double[] {1, 0, 1, 1}), 4));
  }

  private static double value(Loss loss, double[] margins, double[] label) {
    return loss.apply(margins.clone(), label, 0);
  }

  private static double[] label(Loss loss, int classes, Random random) {
    if (classes == 0) {
      return random.doubles(loss.units(), -3, 3).toArray();
    }
    // The class without examples among four is the second.
    int label = random.nextInt(classes);
    return new double[] {label == 1 && loss.units() == 3 ? 0 : label};
  }

  @ParameterizedTest
  @MethodSource("losses")
  void derivatives_agreeWithFiniteDifferences(Loss loss, int classes) {
    long seed = Seeds.next();
    Random random = new Random(seed);
    for (int i = 0; i < 200; i++) {
      double[] margins = random.doubles(loss.units(), -5, 5).toArray();
      double[] label = label(loss, classes, random);
      double[] derivatives = margins.clone();
      loss.apply(derivatives, label, 0);
      for (int unit = 0; unit < loss.units(); unit++) {
        double[] up = margins.clone();
        double[] down = margins.clone();
        up[unit] += STEP;
        down[unit] -= STEP;
        double expected = (value(loss, up, label) - value(loss, down, label)) / (2 * STEP);
        assertThat(derivatives[unit])
            .as("-Dmlstack.seed=%d", seed)
            .isCloseTo(expected, within(1e-8));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("losses")
  void curvature_agreesWithFiniteDifferences_andStaysBelowItsBound(Loss loss, int classes) {
    long seed = Seeds.next();
    Random random = new Random(seed);
    for (int i = 0; i < 200; i++) {
      double[] margins = random.doubles(loss.units(), -5, 5).toArray();
      double[] label = label(loss, classes, random);
      double[] up = margins.clone();
      double[] down = margins.clone();
      up[0] += STEP;
      down[0] -= STEP;
      loss.apply(margins, label, 0);
      loss.apply(up, label, 0);
      loss.apply(down, label, 0);
      double expected = (up[0] - down[0]) / (2 * STEP);
      assertThat(expected).isLessThan(loss.greatestCurvature() + 1e-8);
      if (loss instanceof SharedCurvatureLoss shared) {
        assertThat(shared.curvature(margins[0]))
            .as("-Dmlstack.seed=%d", seed)
            .isCloseTo(expected, within(1e-8));
      }
    }
  }

  @Test
  void logistic_ofFarMargins_isFinite() {
    Loss loss = new LogisticLoss(0);
    double[] margins = {800};
    assertThat(loss.apply(margins, new double[] {0}, 0)).isEqualTo(800);
    assertThat(margins[0]).isEqualTo(1);
    margins[0] = 800;
    assertThat(loss.apply(margins, new double[] {1}, 0)).isZero();
    assertThat(margins[0]).isZero();
  }

  @Test
  void softmax_ofTwoClasses_isLogistic() {
    Loss two = new SoftmaxLoss(new double[] {3, 5});
    Loss logistic = new LogisticLoss(0);
    for (double margin = -20; margin <= 20; margin += 0.7) {
      for (int label = 0; label < 2; label++) {
        assertThat(value(two, new double[] {1, 1 + margin}, new double[] {label}))
            .isCloseTo(value(logistic, new double[] {margin}, new double[] {label}), within(1e-13));
      }
    }
  }

  @Test
  void softmax_leavesOutClassesWithoutExamples() {
    Loss loss = new SoftmaxLoss(new double[] {0, 2, 0, 8});
    assertThat(loss.units()).isEqualTo(2);
    assertThat(loss.unitOfModel(0)).isEqualTo(1);
    assertThat(loss.unitOfModel(1)).isEqualTo(3);
    double[] margins = {0, 0};
    assertThat(loss.apply(margins, new double[] {9, 3}, 1)).isCloseTo(Math.log(2), within(1e-15));
    assertThat(margins).containsExactly(0.5, -0.5);
  }

  @Test
  void startingMargins_areTheBestWithoutFeatures() {
    double[] weights = {1, 3, 6};
    double[] margins = new SoftmaxLoss(weights).startingMargins();
    double sum = 0;
    for (double margin : margins) {
      sum += Math.exp(margin);
    }
    for (int unit = 0; unit < 3; unit++) {
      assertThat(Math.exp(margins[unit]) / sum).isCloseTo(weights[unit] / 10, within(1e-15));
    }
    assertThat(margins[0] + margins[1] + margins[2]).isCloseTo(0, within(1e-15));
    assertThat(new SquaredLoss(new double[] {2, 5}).startingMargins()).containsExactly(2, 5);
    assertThat(new LogisticLoss(0.5).startingMargins()).containsExactly(0.5);
  }
}
