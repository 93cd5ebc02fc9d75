package dev.mlstack.train.torch;

import static dev.mlstack.train.torch.Oracle.assertClose;
import static dev.mlstack.train.torch.Oracle.grid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.mlstack.testkit.Seeds;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The optimizer against {@code torch.optim.AdamW} of PyTorch 2.13, step by step: it begins with
 * {@code grid(5, 3, 7, 4)}, and in step t (from 0) the gradients are {@code grid(5, 5 + t, 11,
 * 2**(t - 1))}, shortened by {@code torch.nn.utils.clip_grad_norm_}.
 */
class AdamWTest {

  private static final double NEVER = Double.POSITIVE_INFINITY;

  static Stream<Arguments> oracles() {
    return Stream.of(
        Arguments.of(
            new AdamW(0.9, 0.999, 1e-8, 0),
            NEVER,
            new double[][] {
              {-0.65, 0, 0.65, -0.15, 0.4},
              {-0.556782007, -0.0744136795, 0.615439415, -0.155263171, 0.363404214},
              {-0.472511858, -0.160259932, 0.594749928, -0.200634807, 0.331428498},
              {-0.397579521, -0.24961713, 0.57780236, -0.22575216, 0.297101498}
            }),
        Arguments.of(
            new AdamW(0.9, 0.999, 1e-8, 0.5),
            NEVER,
            new double[][] {
              {-0.612499952, 0, 0.612499952, -0.137500018, 0.375},
              {-0.488656998, -0.0744136795, 0.547314405, -0.135888174, 0.319654197},
              {-0.37995398, -0.156539246, 0.499259144, -0.174465388, 0.271695763},
              {-0.286023945, -0.238069475, 0.457348585, -0.190859467, 0.223783955}
            }),
        Arguments.of(
            new AdamW(0.9, 0.999, 1e-8, 0.5),
            1.5,
            new double[][] {
              {-0.612499952, 0, 0.612499952, -0.137500018, 0.375},
              {-0.481739581, -0.0744136721, 0.580924749, -0.170775115, 0.352109194},
              {-0.357527345, -0.153866678, 0.570635974, -0.233234674, 0.318516344},
              {-0.239848137, -0.234168857, 0.557469189, -0.247038871, 0.253291428}
            }),
        Arguments.of(
            new AdamW(0.5, 0.75, 1e-2, 0.1),
            NEVER,
            new double[][] {
              {-0.64259994, 0, 0.64259994, -0.147997513, 0.395124853},
              {-0.548098743, -0.0870402753, 0.626941741, -0.179685041, 0.379512757},
              {-0.470437169, -0.183581591, 0.625883937, -0.254418254, 0.362496704},
              {-0.410071909, -0.277202219, 0.622677445, -0.273577452, 0.332405388}
            }));
  }

  @ParameterizedTest
  @MethodSource("oracles")
  void steps_areThoseOfPyTorch(AdamW optimizer, double clipNorm, double[][] expected) {
    float[] numbers = grid(5, 3, 7, 4);
    AdamW.State state = new AdamW.State(new float[5], new float[5], 0);
    for (int t = 0; t < expected.length; t++) {
      float[] gradients = grid(5, 5 + t, 11, Math.scalb(1.0, t - 1));
      Gradients.clip(gradients, clipNorm);
      optimizer.step(List.of(weights(0, 5)), numbers, gradients, state, 0.1);
      assertClose(numbers, 1e-6, expected[t]);
    }
    assertThat(state.steps()).isEqualTo(expected.length);
  }

  @Test
  void biases_doNotDecay() {
    AdamW optimizer = new AdamW(0.9, 0.999, 1e-8, 0.5);
    Parameter bias = new Parameter("0.bias", ArrayShape.of(1), 1, 0);
    float[] numbers = {2, 2};
    AdamW.State state = new AdamW.State(new float[2], new float[2], 0);
    optimizer.step(List.of(weights(0, 1), bias), numbers, new float[2], state, 0.1);
    assertThat(numbers).containsExactly(1.9f, 2f);
  }

  /** The formulas of the papers, in doubles, over many steps. */
  @Test
  void manySteps_stayCloseToTheFormulas() {
    long seed = Seeds.next();
    Random random = new Random(seed);
    AdamW optimizer = new AdamW(0.9, 0.999, 1e-8, 0.01);
    float[] numbers = {0.5f};
    AdamW.State state = new AdamW.State(new float[1], new float[1], 0);
    double w = numbers[0];
    double m = 0;
    double v = 0;
    for (int t = 1; t <= 2000; t++) {
      float g = (float) (random.nextGaussian() + 0.1);
      optimizer.step(List.of(weights(0, 1)), numbers, new float[] {g}, state, 1e-3);
      m = 0.9 * m + 0.1 * g;
      v = 0.999 * v + 0.001 * g * g;
      double corrected = m / (1 - StrictMath.pow(0.9, t));
      double root = Math.sqrt(v / (1 - StrictMath.pow(0.999, t)));
      w = w - 1e-3 * 0.01 * w - 1e-3 * corrected / (root + 1e-8);
    }
    assertThat((double) numbers[0]).as("-Dmlstack.seed=%d", seed).isCloseTo(w, within(5e-5));
  }

  /** Each multiplication may add half a unit in the last place, and each squaring doubles it. */
  @Test
  void power_isThatOfStrictMath() {
    for (double base : new double[] {0, 0.5, 0.9, 0.999, 0.999999}) {
      for (long exponent : new long[] {0, 1, 2, 3, 10, 1000, 123_457, 5_000_000_000L}) {
        double expected = StrictMath.pow(base, (double) exponent);
        assertThat(AdamW.power(base, exponent))
            .isCloseTo(expected, within(2e-16 * (1 + exponent) * expected));
      }
    }
  }

  @Test
  void clip_keepsTheDirectionAndWhatIsShort() {
    float[] gradients = {3, -4};
    Gradients.clip(gradients, 5.1);
    assertThat(gradients).containsExactly(3, -4);
    Gradients.clip(gradients, 0.5);
    assertClose(gradients, 1e-6, 0.3, -0.4);
  }

  private static Parameter weights(int offset, int size) {
    return new Parameter("0.weight", ArrayShape.of(size), offset, 1);
  }
}
