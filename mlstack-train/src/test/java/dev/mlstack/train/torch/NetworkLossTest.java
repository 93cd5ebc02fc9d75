package dev.mlstack.train.torch;

import static dev.mlstack.train.torch.Layer.conv2d;
import static dev.mlstack.train.torch.Layer.dense;
import static dev.mlstack.train.torch.Layer.flatten;
import static dev.mlstack.train.torch.Layer.gelu;
import static dev.mlstack.train.torch.Layer.maxPool2d;
import static dev.mlstack.train.torch.Layer.relu;
import static dev.mlstack.train.torch.Layer.reshape;
import static dev.mlstack.train.torch.Layer.tanh;
import static dev.mlstack.train.torch.Oracle.assertClose;
import static dev.mlstack.train.torch.Oracle.grid;
import static dev.mlstack.train.torch.TestExamples.COLOR;
import static dev.mlstack.train.torch.TestExamples.PLACE;
import static dev.mlstack.train.torch.TestExamples.PRICE;
import static dev.mlstack.train.torch.TestExamples.SICK;
import static dev.mlstack.train.torch.TestExamples.signature;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import ai.djl.pytorch.engine.PtNDManager;
import dev.mlstack.compute.Device;
import dev.mlstack.model.ExampleBlock;
import dev.mlstack.model.Examples;
import dev.mlstack.model.Output;
import dev.mlstack.testkit.Seeds;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Losses and gradients against PyTorch 2.13 in Python, against plain Java in doubles, and against
 * finite differences.
 */
@ExtendWith(NativeMemory.class)
class NetworkLossTest {

  /** A loss with all that it needs. */
  private static final class Fixture implements AutoCloseable {
    private final NetworkPlan plan;
    private final ExampleRows rows;
    private final NetworkLoss loss;
    private final float[] gradients;

    Fixture(Network network, Examples examples) {
      plan = NetworkPlan.of(network, examples.signature());
      rows = ExampleRows.of(examples);
      float[] numbers = plan.initialParameters(1);
      gradients = new float[numbers.length];
      loss =
          new NetworkLoss(
              plan,
              Head.of(examples),
              NetworkParameters.of(TorchRuntime.newManager(Device.CPU), plan, numbers));
    }

    /** Returns the numbers of the oracle: grids for weights, with or without biases. */
    float[] grids(boolean biases) {
      float[] numbers = new float[plan.parameterCount()];
      List<Parameter> parameters = plan.parameters();
      for (int i = 0; i < parameters.size(); i++) {
        Parameter parameter = parameters.get(i);
        if (biases || parameter.isWeight()) {
          float[] grid = grid(parameter.size(), 5 + i, 13, 8);
          System.arraycopy(grid, 0, numbers, parameter.offset(), grid.length);
        }
      }
      return numbers;
    }

    float value(float[] numbers, int from, int count, double scale) {
      loss.set(numbers);
      int[] order = IntStream.range(0, rows.size()).toArray();
      return TorchThread.scoring(1, () -> loss.value(rows, order, from, count, scale));
    }

    float gradients(float[] numbers, int from, int count, double scale) {
      loss.set(numbers);
      int[] order = IntStream.range(0, rows.size()).toArray();
      return TorchThread.training(
          1, () -> loss.gradients(rows, order, from, count, scale, gradients));
    }

    @Override
    public void close() {
      loss.close();
    }
  }

  static Stream<Arguments> trainings() {
    return Stream.of(
        Arguments.of(
            COLOR,
            new double[] {0, 1, 2, 2, 1, 0},
            new double[] {1.1182054, 1.0886465, 1.0903031, 1.0681975, 1.0653732, 1.0482332},
            new double[] {
              -0.74242604, -0.12697065, 0.48476389, -0.48158363, 0.07116354, 0.79032415,
              -0.23869188, 0.3284272, -0.62446648, 0.00466917, 0.62989962, -0.41858104,
              0.22782113, -0.69089156, -0.17225952, 0.53505683, -0.49301249, 0.11822076,
              0.77437389, -0.2862176, -0.04195517, 0.02134768, 0.0438223, 0.00199693,
              0.04967259, -0.68931764, 0.0696766, -0.56941038, 0.22197144, -0.44882506,
              0.43090981, -0.4296656, 0.55663329, -0.2719385, 0.67767376, -0.07681004,
              0.68805182, 0.05236917, -0.77117425, 0.18172935, -0.04800205, -0.05166377,
              0.04506495, -0.68602508, 0.31298098, -0.09330333, -0.67336774, 0.55169904,
              -0.01610769, -0.54751378, 0.67405581, 0.07154702, 0.01473471, -0.03080908,
              -0.00082955
            }),
        Arguments.of(
            PRICE,
            new double[] {-1.5, 1, 0, -1, 1.5, 0.5},
            new double[] {0.94095725, 1.0620837, 0.82931799, 0.97184676, 0.75779527, 0.89762044},
            new double[] {
              -0.75581449, -0.11505981, 0.47830033, -0.49794292, 0.07356451, 0.78796643,
              -0.25615343, 0.41477919, -0.63202095, 0.00948656, 0.6025368, -0.37455997,
              0.25122696, -0.75855196, -0.1026829, 0.46469617, -0.50831646, 0.13408777,
              0.72677386, -0.25136968, -0.04538316, 0.02517039, -0.04506671, 0.01154317,
              -0.04468288, -0.68903112, 0.15991727, -0.57229781, 0.22198182, -0.45199928,
              0.32284179, -0.40689456, 0.43947986, -0.23845333, 0.5700838, -0.08265445,
              0.77103847, 0.05124152, -0.74899751, 0.18278725, 0.05477557, -0.05415972,
              0.0515532, -0.68903369, 0.31596774, -0.15462562, -0.0505355
            }));
  }

  /**
   * Three epochs of two batches of three rows: {@code Linear(4, 5), ReLU, Linear(5, 3), Tanh,
   * Linear(3, n)} with weights {@code grid(n, 5 + i, 13, 8)} and no biases, on {@code grid(24, 7,
   * 11, 4)}; {@code AdamW(lr=0.01)} with a decay of 0.1 for weights alone; cross-entropy, or the
   * squared error of the standardised quantity.
   */
  @ParameterizedTest
  @MethodSource("trainings")
  void training_goesThroughTheLossesAndParametersOfPyTorch(
      Output output, double[] labels, double[] losses, double[] expected) {
    Examples examples = TestExamples.of(signature(4, output), grid(24, 7, 11, 4), labels);
    Network network = Network.of(dense(5), relu(), dense(3), tanh());
    AdamW optimizer = new AdamW(0.9, 0.999, 1e-8, 0.1);
    try (Fixture fixture = new Fixture(network, examples)) {
      float[] numbers = fixture.grids(/* biases= */ false);
      int size = numbers.length;
      AdamW.State state = new AdamW.State(new float[size], new float[size], 0);
      for (int step = 0; step < losses.length; step++) {
        float loss = fixture.gradients(numbers, step % 2 * 3, 3, 1.0 / 3);
        assertThat((double) loss).as("step %d", step).isCloseTo(losses[step], within(1e-6));
        optimizer.step(fixture.plan.parameters(), numbers, fixture.gradients, state, 0.01);
      }
      assertClose(numbers, 2e-6, expected);
    }
  }

  /**
   * {@code Unflatten(1, (1, 4, 4)), Conv2d(1, 2, 3, padding=1), GELU, MaxPool2d(2), Flatten,
   * Linear(8, 3)} with all parameters {@code grid(n, 5 + i, 13, 8)}, on three images.
   */
  @Test
  void gradients_ofAConvolutionalNetwork_areThoseOfPyTorch() {
    Examples examples = TestExamples.of(signature(16, COLOR), grid(48, 7, 11, 4), 0, 1, 2);
    Network network = Network.of(reshape(1, 4, 4), conv2d(2, 3), gelu(), maxPool2d(2), flatten());
    try (Fixture fixture = new Fixture(network, examples)) {
      float loss = fixture.gradients(fixture.grids(/* biases= */ true), 0, 3, 1.0 / 3);
      assertThat((double) loss).isCloseTo(1.3937902, within(1e-6));
      assertClose(
          fixture.gradients,
          1e-6,
          -0.77708173,
          0.53067601,
          -0.50597912,
          0.42171061,
          -0.55990499,
          0.98601013,
          -0.36078912,
          0.25282258,
          0.00530068,
          0.32646033,
          -0.22864455,
          -0.47813544,
          -0.09018223,
          -0.46324131,
          0.62018007,
          -0.01634669,
          0.42660078,
          -0.30481762,
          0.54340929,
          0.18767741,
          -0.20970908,
          -0.07770659,
          -0.0441526,
          0.06202056,
          -0.06990886,
          -0.16547258,
          -0.03337086,
          -0.17571795,
          -0.02616595,
          0.19030967,
          -0.03050276,
          -0.03653962,
          0.16235133,
          -0.34933144,
          0.03081577,
          -0.07540086,
          0.235875,
          -0.1126031,
          0.07465535,
          -0.02548094,
          -0.09244248,
          0.51480395,
          0.00255505,
          0.25111878,
          -0.09696472,
          -0.05547446,
          0.15243912);
    }
  }

  static Stream<Arguments> networks() {
    return Stream.of(
        Arguments.of(Network.of(), List.of(SICK)),
        Arguments.of(Network.of(dense(6), tanh(), dense(5), gelu()), List.of(COLOR, PRICE)),
        Arguments.of(
            Network.of(reshape(1, 2, 2), conv2d(3, 3), tanh(), conv2d(2, 1), gelu(), flatten()),
            List.of(PLACE, SICK, PRICE)));
  }

  /** The derivative in a random direction, with weighted examples. */
  @ParameterizedTest
  @MethodSource("networks")
  void gradients_areTheLimitsOfDifferences(Network network, List<Output> outputs) {
    long seed = Seeds.next();
    Random random = new Random(seed);
    Examples examples =
        TestExamples.random(50, seed, row -> Math.abs(row[0]), outputs.toArray(Output[]::new));
    try (Fixture fixture = new Fixture(network, examples)) {
      float[] numbers = fixture.plan.initialParameters(seed);
      fixture.gradients(numbers, 0, 50, 0.02);
      for (int trial = 0; trial < 5; trial++) {
        double[] direction = random.doubles(numbers.length, -1, 1).toArray();
        double expected = 0;
        for (int i = 0; i < numbers.length; i++) {
          expected += fixture.gradients[i] * direction[i];
        }
        double step = 2e-3;
        double above = fixture.value(moved(numbers, direction, step), 0, 50, 0.02);
        double below = fixture.value(moved(numbers, direction, -step), 0, 50, 0.02);
        assertThat((above - below) / (2 * step))
            .as("-Dmlstack.seed=%d", seed)
            .isCloseTo(expected, within(2e-3 * (1 + Math.abs(expected))));
      }
    }
  }

  private static float[] moved(float[] numbers, double[] direction, double step) {
    float[] moved = new float[numbers.length];
    for (int i = 0; i < moved.length; i++) {
      moved[i] = (float) (numbers[i] + step * direction[i]);
    }
    return moved;
  }

  /** A linear model of all kinds of outputs, computed once more in doubles. */
  @Test
  void loss_isTheWeightedSumOverOutputsOfEntropiesAndScaledSquaredErrors() {
    Examples examples = TestExamples.random(40, 7, row -> Math.abs(row[1]), COLOR, PRICE, PLACE);
    try (Fixture fixture = new Fixture(Network.of(), examples)) {
      float[] numbers = fixture.plan.initialParameters(3);
      double[] means = new double[4];
      double[] deviations = new double[4];
      ExampleBlock block = examples.block(0);
      for (int j = 1; j < 4; j++) {
        means[j] = mean(block, j);
        deviations[j] = deviation(block, j, means[j]);
      }
      double ofPlace = Math.sqrt((square(deviations[2]) + square(deviations[3])) / 2);
      double expected = 0;
      for (int row = 0; row < 40; row++) {
        double[] z = linear(numbers, Arrays.copyOfRange(block.features(), 4 * row, 4 * row + 4));
        double[] label = Arrays.copyOfRange(block.labels(), 4 * row, 4 * row + 4);
        double entropy =
            StrictMath.log(StrictMath.exp(z[0]) + StrictMath.exp(z[1]) + StrictMath.exp(z[2]))
                - z[(int) label[0]];
        double price = square(z[3] - (label[1] - means[1]) / deviations[1]);
        double place =
            square(z[4] - (label[2] - means[2]) / ofPlace)
                + square(z[5] - (label[3] - means[3]) / ofPlace);
        expected += block.weights()[row] * (entropy + price + place / 2);
      }
      assertThat((double) fixture.value(numbers, 0, 40, 1)).isCloseTo(expected, within(1e-3));
      assertThat(fixture.gradients(numbers, 0, 40, 1)).isEqualTo(fixture.value(numbers, 0, 40, 1));
    }
  }

  private static double square(double number) {
    return number * number;
  }

  private static double mean(ExampleBlock block, int label) {
    double sum = 0;
    double weights = 0;
    for (int row = 0; row < block.rows(); row++) {
      sum += block.weights()[row] * block.labels()[4 * row + label];
      weights += block.weights()[row];
    }
    return sum / weights;
  }

  private static double deviation(ExampleBlock block, int label, double mean) {
    double sum = 0;
    double weights = 0;
    for (int row = 0; row < block.rows(); row++) {
      sum += block.weights()[row] * square(block.labels()[4 * row + label] - mean);
      weights += block.weights()[row];
    }
    return Math.sqrt(sum / weights);
  }

  /** Returns the six sums of a head of four inputs. */
  private static double[] linear(float[] numbers, float[] features) {
    double[] sums = new double[6];
    for (int i = 0; i < 6; i++) {
      sums[i] = numbers[24 + i];
      for (int j = 0; j < 4; j++) {
        sums[i] += (double) numbers[4 * i + j] * features[j];
      }
    }
    return sums;
  }

  @Test
  void parameters_uploaded_areSeenByEveryView() {
    NetworkPlan plan = NetworkPlan.of(Network.mlp(3), signature(4, COLOR));
    float[] first = plan.initialParameters(1);
    float[] second = plan.initialParameters(2);
    try (NetworkParameters parameters =
        NetworkParameters.of(TorchRuntime.newManager(Device.CPU), plan, first)) {
      assertThat(parameters.values()).isEqualTo(first);
      parameters.upload(second);
      assertThat(parameters.values()).isEqualTo(second);
      float[] bias = new float[3];
      Parameter place = plan.parameters().get(1);
      parameters.set(new float[plan.parameterCount()]);
      parameters.upload(second);
      NativeArrays.read(parameters.views().get(1), bias, 0);
      assertThat(bias).isEqualTo(Arrays.copyOfRange(second, place.offset(), place.end()));
    }
  }

  @Test
  void arrays_thatJavaCannotAddress_areRefused() {
    try (PtNDManager manager = TorchRuntime.newManager(Device.CPU)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> NativeArrays.create(manager, memory -> {}, 1 << 20, 1 << 20))
          .withMessageContaining("[1048576, 1048576]")
          .withMessageContaining("smaller batches");
    }
  }
}
