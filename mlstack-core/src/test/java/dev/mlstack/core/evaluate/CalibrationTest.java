package dev.mlstack.core.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import dev.mlstack.model.Curve;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CalibrationTest {

  private static Curve curve(double[] positives, double[] negatives) {
    Arrays.sort(positives);
    Arrays.sort(negatives);
    return new Calibration(positives, negatives).toCurve("calibration");
  }

  @Test
  void groups_ofDistinctProbabilities_areOfEqualSize() {
    // 0.00 to 0.99; every fourth row is positive.
    double[] positives = IntStream.range(0, 25).mapToDouble(i -> (4 * i + 3) / 100.0).toArray();
    double[] negatives =
        IntStream.range(0, 100).filter(i -> i % 4 != 3).mapToDouble(i -> i / 100.0).toArray();
    Curve curve = curve(positives, negatives);
    assertThat(curve.x()).hasSize(10);
    for (int i = 0; i < 10; i++) {
      assertThat(curve.x()[i]).isCloseTo(i / 10.0 + 0.045, offset(1e-15));
      assertThat(curve.y()[i]).isEqualTo(i % 2 == 0 ? 0.2 : 0.3);
    }
    assertThat(curve.name()).isEqualTo("calibration");
  }

  @Test
  void equalProbabilities_stayTogether() {
    double[] positives = {0.1, 0.5, 0.5, 0.5};
    double[] negatives = {0.1, 0.1, 0.1, 0.5, 0.9};
    Curve curve = curve(positives, negatives);
    assertThat(curve.x()).containsExactly(0.1, 0.5, 0.9);
    assertThat(curve.y()).containsExactly(0.25, 0.75, 0);
  }

  @Test
  void fewRows_areOneGroupEach() {
    Curve curve = curve(new double[] {0.9}, new double[] {0.2, 0.3});
    assertThat(curve.x()).containsExactly(0.2, 0.3, 0.9);
    assertThat(curve.y()).containsExactly(0, 0, 1);
  }

  @Test
  void rightProbabilities_lieOnTheDiagonal() {
    SplittableRandom random = new SplittableRandom(3);
    double[][] kinds = new double[2][100_000];
    int[] sizes = new int[2];
    for (int i = 0; i < 100_000; i++) {
      double probability = random.nextDouble();
      int kind = random.nextDouble() < probability ? 1 : 0;
      kinds[kind][sizes[kind]++] = probability;
    }
    Curve curve = curve(Arrays.copyOf(kinds[1], sizes[1]), Arrays.copyOf(kinds[0], sizes[0]));
    for (int i = 0; i < 10; i++) {
      assertThat(curve.y()[i]).isCloseTo(curve.x()[i], offset(0.02));
    }
  }
}
