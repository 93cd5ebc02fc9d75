package dev.mlstack.train.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * Numbers that the oracles in Python make, too:
 *
 * <pre>
 * def grid(n, a, m, s):
 *     return torch.tensor([((i * a) % m - m // 2) / s for i in range(n)], dtype=torch.float32)
 * </pre>
 */
final class Oracle {

  private Oracle() {}

  /** Returns {@code ((i a) mod m - floor(m / 2)) / s} for i from 0. */
  static float[] grid(int count, int a, int m, double s) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (float) ((i * a % m - m / 2) / s);
    }
    return numbers;
  }

  /** Checks that numbers are those of an oracle. */
  static void assertClose(float[] actual, double tolerance, double... expected) {
    double[] numbers = new double[actual.length];
    for (int i = 0; i < actual.length; i++) {
      numbers[i] = actual[i];
    }
    assertThat(numbers).containsExactly(expected, within(tolerance));
  }
}
