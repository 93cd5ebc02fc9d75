package dev.mlstack.train.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.mlstack.testkit.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LbfgsTest {

  private static final int SIZE = 6;

  /** Returns pairs of a quadratic objective with positive curvature everywhere. */
  private static List<Pair> pairs(Random random, int count) {
    double[] bends = random.doubles(SIZE, 0.5, 5).toArray();
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double[] step = random.doubles(SIZE, -1, 1).toArray();
      double[] change = new double[SIZE];
      for (int k = 0; k < SIZE; k++) {
        change[k] = bends[k] * step[k];
      }
      pairs.add(new Pair(step, change));
    }
    return pairs;
  }

  /** The inverse that the pairs stand for, as a matrix, by the formula of the full method. */
  private static double[][] inverse(List<Pair> pairs) {
    double[][] h = new double[SIZE][SIZE];
    Pair last = pairs.get(pairs.size() - 1);
    for (int i = 0; i < SIZE; i++) {
      h[i][i] = last.product() / Vectors.dot(last.change(), last.change());
    }
    for (Pair pair : pairs) {
      double[][] v = new double[SIZE][SIZE];
      for (int i = 0; i < SIZE; i++) {
        for (int j = 0; j < SIZE; j++) {
          v[i][j] = (i == j ? 1 : 0) - pair.change()[i] * pair.step()[j] / pair.product();
        }
      }
      h = times(transposed(v), times(h, v));
      for (int i = 0; i < SIZE; i++) {
        for (int j = 0; j < SIZE; j++) {
          h[i][j] += pair.step()[i] * pair.step()[j] / pair.product();
        }
      }
    }
    return h;
  }

  private static double[][] transposed(double[][] a) {
    double[][] t = new double[SIZE][SIZE];
    for (int i = 0; i < SIZE; i++) {
      for (int j = 0; j < SIZE; j++) {
        t[j][i] = a[i][j];
      }
    }
    return t;
  }

  private static double[][] times(double[][] a, double[][] b) {
    double[][] product = new double[SIZE][SIZE];
    for (int i = 0; i < SIZE; i++) {
      for (int j = 0; j < SIZE; j++) {
        for (int k = 0; k < SIZE; k++) {
          product[i][j] += a[i][k] * b[k][j];
        }
      }
    }
    return product;
  }

  @Test
  void direction_isThatOfTheFullMethodAfterTheSameSteps() {
    long seed = Seeds.next();
    Random random = new Random(seed);
    for (int count = 1; count <= Lbfgs.MEMORY; count++) {
      List<Pair> pairs = pairs(random, count);
      double[] gradient = random.doubles(SIZE, -1, 1).toArray();
      double[][] inverse = inverse(pairs);
      double[] direction = Lbfgs.direction(pairs, gradient);
      for (int i = 0; i < SIZE; i++) {
        assertThat(direction[i])
            .as("-Dmlstack.seed=%d", seed)
            .isCloseTo(-Vectors.dot(inverse[i], gradient), within(1e-9));
      }
    }
  }

  @Test
  void direction_withoutMemory_isSteepestDescent() {
    assertThat(Lbfgs.direction(List.of(), new double[] {1, -2})).containsExactly(-1, 2);
  }

  @Test
  void remember_keepsTheLastSteps() {
    List<Pair> all = pairs(new Random(1), 13);
    List<Pair> remembered = List.of();
    for (Pair pair : all) {
      remembered = Lbfgs.remember(remembered, pair);
    }
    assertThat(remembered).isEqualTo(all.subList(3, 13));
  }

  @Test
  void remember_leavesOutStepsWithoutCurvature() {
    Pair flat = new Pair(new double[] {1, 0}, new double[] {0, 1});
    Pair bentUp = new Pair(new double[] {1, 0}, new double[] {-1, 0});
    assertThat(Lbfgs.remember(List.of(), flat)).isEmpty();
    assertThat(Lbfgs.remember(List.of(), bentUp)).isEmpty();
  }
}
