package dev.mlstack.train.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.mlstack.testkit.Seeds;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CholeskyTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 30, 101})
  void solve_givesWhatTheMatrixMapsToTheRightSide(int size) {
    long seed = Seeds.next();
    Random random = new Random(seed);
    double[] triangle = new double[size * (size + 1) / 2];
    for (int k = 0; k < 2 * size; k++) {
      double[] row = random.doubles(size, -1, 1).toArray();
      for (int i = 0, at = 0; i < size; i++) {
        for (int j = 0; j <= i; j++) {
          triangle[at++] += row[i] * row[j];
        }
      }
    }
    double[] solution = random.doubles(size, -1, 1).toArray();
    double[] x = new double[size + 2];
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < size; j++) {
        x[2 + i] += element(triangle, i, j) * solution[j];
      }
    }
    Cholesky.of(size, triangle).solve(x, 2);
    for (int i = 0; i < size; i++) {
      assertThat(x[2 + i]).as("-Dmlstack.seed=%d", seed).isCloseTo(solution[i], within(1e-7));
    }
  }

  private static double element(double[] triangle, int i, int j) {
    return i >= j ? triangle[i * (i + 1) / 2 + j] : triangle[j * (j + 1) / 2 + i];
  }

  @Test
  void solve_ofASmallSystem_isExact() {
    // 4 2 / 2 10 times (1, -1) is (2, -8).
    double[] x = {2, -8};
    Cholesky.of(2, new double[] {4, 2, 10}).solve(x, 0);
    assertThat(x).containsExactly(1, -1);
  }

  @Test
  void of_leavesTheMatrixAsItIs() {
    double[] triangle = {4, 2, 10};
    Cholesky.of(2, triangle);
    assertThat(triangle).containsExactly(4, 2, 10);
  }

  @Test
  void ofASingularMatrix_solvesWhatCanBeSolved() {
    // Twice the same coordinate: of all solutions, that which shares equally.
    double[] x = {3, 3};
    Cholesky.of(2, new double[] {1, 1, 1}).solve(x, 0);
    assertThat(x[0]).isCloseTo(1.5, within(1e-5));
    assertThat(x[1]).isCloseTo(1.5, within(1e-5));
  }

  @Test
  void ofZeroOrAnIndefiniteMatrix_stillGivesFiniteNumbers() {
    for (double[] triangle : new double[][] {{0, 0, 0}, {1, 2, 1}, {-1, 0, -1}}) {
      double[] x = {1, 2};
      Cholesky.of(2, triangle).solve(x, 0);
      assertThat(Double.isFinite(x[0]) && Double.isFinite(x[1])).isTrue();
    }
  }
}
