package dev.mlstack.train.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.mlstack.core.math.ExactSum;
import dev.mlstack.testkit.Seeds;
import java.util.Random;
import org.junit.jupiter.api.Test;

class VectorsTest {

  @Test
  void dot_ofAnyLengthAndPlace_isTheSumOfProducts() {
    long seed = Seeds.next();
    Random random = new Random(seed);
    for (int length = 0; length < 40; length++) {
      double[] a = random.doubles(length + 3, -1, 1).toArray();
      double[] b = random.doubles(length + 5, -1, 1).toArray();
      ExactSum expected = new ExactSum();
      for (int i = 0; i < length; i++) {
        expected.add(a[2 + i] * b[4 + i]);
      }
      assertThat(Vectors.dot(a, 2, b, 4, length))
          .as("length %d, -Dmlstack.seed=%d", length, seed)
          .isCloseTo(expected.value(), within(1e-13));
    }
  }

  @Test
  void dot_addsInItsFixedOrder() {
    // Four sums side by side: the first and the fifth product meet before the others do.
    double[] ones = {1, 1, 1, 1, 1};
    assertThat(Vectors.dot(new double[] {1e17, 1, 1, 1, -1e17}, ones)).isEqualTo(3);
    assertThat(Vectors.dot(new double[] {1e17, -1e17, 1, 1, 1}, ones)).isEqualTo(2);
  }

  @Test
  void sums_areNewVectors() {
    double[] a = {1, 2};
    assertThat(Vectors.sum(a, -2, new double[] {10, 20})).containsExactly(-19, -38);
    assertThat(a).containsExactly(1, 2);
    assertThat(Vectors.norm(new double[] {3, 4})).isEqualTo(5);
    double[] to = {0, 1, 2, 3};
    Vectors.add(2, a, to, 1);
    assertThat(to).containsExactly(0, 3, 6, 3);
  }
}
