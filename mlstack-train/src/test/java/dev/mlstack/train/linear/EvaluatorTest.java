package dev.mlstack.train.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.mlstack.compute.Execution;
import dev.mlstack.model.ExampleBlock;
import dev.mlstack.model.Examples;
import dev.mlstack.model.Output;
import dev.mlstack.testkit.Seeds;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class EvaluatorTest {

  private static final int WIDTH = 3;

  /** Outputs, and numbers of rows that leave 0 to 3 rows beyond whole tiles. */
  static Stream<Arguments> cases() {
    return Stream.of(4, 5, 6, 7, 1)
        .flatMap(
            rows ->
                Stream.of(
                    Arguments.of(LinearData.classes(2), rows),
                    Arguments.of(LinearData.classes(3), 10 + rows),
                    Arguments.of(new Output.Array("y", List.of(2)), rows)));
  }

  private record Case(Loss loss, Coordinates coordinates, ExampleBlock block, Evaluator evaluator) {

    static Case of(Output output, int rows) {
      Examples examples = LinearData.random(rows, rows, WIDTH, output);
      Moments moments = Survey.of(examples, Execution.here());
      Loss loss = loss(output, moments);
      Coordinates coordinates = new Coordinates(moments, loss.greatestCurvature(), 0.5);
      return new Case(
          loss,
          coordinates,
          examples.block(0),
          new Evaluator(
              loss, coordinates, output.labelWidth(), loss instanceof SharedCurvatureLoss));
    }

    private static Loss loss(Output output, Moments moments) {
      if (output instanceof Output.Classes) {
        return output.width() == 2 ? new LogisticLoss(0) : new SoftmaxLoss(moments.classWeights());
      }
      return new SquaredLoss(moments.labelMeans());
    }

    /** Computes the loss by itself: coefficients first, then margins of raw features. */
    double loss(double[] point) {
      int size = coordinates.size();
      double[] coefficients = new double[point.length];
      for (int unit = 0; unit < loss.units(); unit++) {
        coordinates.writeCoefficients(point, unit * size, coefficients, unit * size);
      }
      double sum = 0;
      int labelWidth = block.labels().length / block.rows();
      for (int row = 0; row < block.rows(); row++) {
        double[] margins = new double[loss.units()];
        for (int unit = 0; unit < margins.length; unit++) {
          margins[unit] = coefficients[unit * size + WIDTH];
          for (int slot = 0; slot < WIDTH; slot++) {
            margins[unit] +=
                coefficients[unit * size + slot] * block.features()[row * WIDTH + slot];
          }
        }
        sum += block.weights()[row] * loss.apply(margins, block.labels(), row * labelWidth);
      }
      return sum;
    }

    double[] gradient(double[] point) {
      return Arrays.copyOfRange(evaluator.sums(point, block), 1, 1 + point.length);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void sums_areLossAndGradientAndCurvature(Output output, int rows) {
    Case data = Case.of(output, rows);
    long seed = Seeds.next();
    double[] point = new Random(seed).doubles(data.evaluator().dimension(), -1, 1).toArray();
    double[] sums = data.evaluator().sums(point, data.block());
    assertThat(sums[0])
        .as("-Dmlstack.seed=%d", seed)
        .isCloseTo(data.loss(point), within(1e-10 * (1 + sums[0])));
    for (int i = 0; i < point.length; i++) {
      double[] up = point.clone();
      double[] down = point.clone();
      up[i] += 1e-5;
      down[i] -= 1e-5;
      assertThat(sums[1 + i])
          .as("-Dmlstack.seed=%d", seed)
          .isCloseTo((data.loss(up) - data.loss(down)) / 2e-5, within(1e-6 * (1 + sums[0])));
      if (data.loss() instanceof SharedCurvatureLoss && i <= WIDTH) {
        requireCurvatures(sums, 1 + point.length, i, data.gradient(up), data.gradient(down));
      }
    }
  }

  /** Compares a row of the triangle of second derivatives with differences of the gradient. */
  private static void requireCurvatures(
      double[] sums, int triangle, int i, double[] up, double[] down) {
    for (int k = 0; k <= i; k++) {
      double expected = (up[k] - down[k]) / 2e-5;
      assertThat(sums[triangle + i * (i + 1) / 2 + k]).isCloseTo(expected, within(1e-6));
    }
  }
}
