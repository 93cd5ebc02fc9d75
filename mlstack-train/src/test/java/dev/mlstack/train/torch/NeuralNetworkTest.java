package dev.mlstack.train.torch;

import static dev.mlstack.train.torch.TestExamples.COLOR;
import static dev.mlstack.train.torch.TestExamples.PLACE;
import static dev.mlstack.train.torch.TestExamples.PRICE;
import static dev.mlstack.train.torch.TestExamples.SICK;
import static dev.mlstack.train.torch.TestExamples.signature;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import dev.mlstack.compute.Device;
import dev.mlstack.compute.Execution;
import dev.mlstack.compute.Progress;
import dev.mlstack.core.model.MemoryExamples;
import dev.mlstack.core.model.ValidationLoss;
import dev.mlstack.feature.FeatureLayout;
import dev.mlstack.feature.Slot;
import dev.mlstack.model.Budget;
import dev.mlstack.model.ExampleBlock;
import dev.mlstack.model.Examples;
import dev.mlstack.model.Model;
import dev.mlstack.model.Output;
import dev.mlstack.model.Signature;
import dev.mlstack.model.Training;
import dev.mlstack.model.TrainingContext;
import dev.mlstack.store.Digest;
import dev.mlstack.table.DataException;
import dev.mlstack.train.cuda.Cuda;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@ExtendWith(NativeMemory.class)
class NeuralNetworkTest {

  private static final NeuralNetwork SMALL =
      NeuralNetwork.of(Network.mlp(8)).withEpochs(3).withBatchSize(16);

  @Test
  void parameters_nameEverything() {
    assertThat(NeuralNetwork.of(Network.mlp(2)).parameters().canonicalJson())
        .isEqualTo(
            "{\"batch-size\":32,\"beta1\":0.9,\"beta2\":0.999,\"clip-norm\":\"Infinity\","
                + "\"epochs\":50,\"epsilon\":1.0E-8,"
                + "\"learning-rate\":{\"rate\":0.001,\"schedule\":\"cosine\"},"
                + "\"network\":[{\"layer\":\"dense\",\"units\":2},{\"layer\":\"relu\"}],"
                + "\"patience\":0,\"threads\":1,\"weight-decay\":0.01}");
  }

  static Stream<Arguments> changes() {
    return Stream.of(
        change("network", trainer -> trainer.withNetwork(Network.mlp(3))),
        change("epochs", trainer -> trainer.withEpochs(7)),
        change("batch-size", trainer -> trainer.withBatchSize(7)),
        change("learning-rate", trainer -> trainer.withLearningRate(0.1)),
        change("weight-decay", trainer -> trainer.withWeightDecay(0)),
        change("beta1", trainer -> trainer.withBetas(0, 0.999)),
        change("beta2", trainer -> trainer.withBetas(0.9, 0.5)),
        change("epsilon", trainer -> trainer.withEpsilon(1e-3)),
        change("clip-norm", trainer -> trainer.withClipNorm(1)),
        change("patience", trainer -> trainer.withPatience(4)),
        change("threads", trainer -> trainer.withThreads(2)));
  }

  private static Arguments change(String name, UnaryOperator<NeuralNetwork> change) {
    return Arguments.of(name, change);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("changes")
  void with_changesOneParameterOfAnotherTrainer(String name, UnaryOperator<NeuralNetwork> change) {
    NeuralNetwork before = NeuralNetwork.defaults();
    NeuralNetwork after = change.apply(before);
    assertThat(before.parameters()).isEqualTo(NeuralNetwork.defaults().parameters());
    assertThat(after.parameters().members().keySet())
        .isEqualTo(before.parameters().members().keySet())
        .allMatch(
            other ->
                other.equals(name)
                    != after.parameters().get(other).equals(before.parameters().get(other)));
  }

  @Test
  void parameters_thatArePointless_areRefused() {
    NeuralNetwork trainer = NeuralNetwork.defaults();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> trainer.withEpochs(0))
        .withMessage("epochs must be at least 1 but was 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> trainer.withBatchSize(-1))
        .withMessage("batch-size must be at least 1 but was -1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> trainer.withWeightDecay(Double.NaN))
        .withMessage("weight-decay must be 0 or more but was NaN");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> trainer.withBetas(1, 0.9))
        .withMessage("beta1 must be from 0 to below 1 but was 1.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> trainer.withBetas(0.9, -0.1))
        .withMessageContaining("beta2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> trainer.withEpsilon(0))
        .withMessage("epsilon must be positive but was 0.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> trainer.withClipNorm(0))
        .withMessage("clip-norm must be positive but was 0.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> trainer.withPatience(-1))
        .withMessage("patience must be at least 0 but was -1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> trainer.withThreads(0))
        .withMessage("threads must be at least 1 but was 0");
  }

  @Test
  void start_withMissingFeatures_namesSlotAndRow() {
    float[] features = {1, 2, 3, Float.NaN};
    Examples examples = TestExamples.of(signature(2, SICK), features, 0, 1);
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> SMALL.start(TrainingContext.of(examples, 1)).close())
        .withMessageContaining("slot 'x1' of row 1 is NaN")
        .withMessageContaining("impute");
  }

  @Test
  void start_withCodes_saysWhatToDo() {
    FeatureLayout layout = new FeatureLayout(List.of(Slot.code("town", 5)));
    Examples examples =
        MemoryExamples.builder(signature(1, SICK), layout)
            .add(1, new float[] {3}, 0, new double[] {1}, 1)
            .build();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SMALL.start(TrainingContext.of(examples, 1)).close())
        .withMessageContaining("slot 'town'")
        .withMessageContaining("indicators");
  }

  @Test
  void start_withoutExamplesOrWeights_isRefused() {
    Examples none = TestExamples.builder(signature(2, SICK)).build();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SMALL.start(TrainingContext.of(none, 1)).close())
        .withMessageContaining("there is none");
    Examples weightless = TestExamples.random(10, 1, row -> 0, SICK);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SMALL.start(TrainingContext.of(weightless, 1)).close())
        .withMessageContaining("weights")
        .withMessageContaining("is 0.0");
  }

  @Test
  void start_withLabelsBeyondMeasure_isRefused() {
    Signature signature = signature(1, PRICE);
    Examples examples = TestExamples.of(signature, new float[] {1, 2}, -1e300, 1e300);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SMALL.start(TrainingContext.of(examples, 1)).close())
        .withMessageContaining("'price'")
        .withMessageContaining("too far apart");
  }

  @Test
  void start_withValidationExamplesOfAnotherKind_isRefused() {
    TrainingContext context =
        TrainingContext.of(TestExamples.random(10, 1, SICK), 1)
            .withValidation(TestExamples.random(10, 1, COLOR));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SMALL.start(context).close())
        .withMessageContaining("validation")
        .withMessageContaining("color");
  }

  @Test
  void start_withPatienceButNothingToWatch_isRefused() {
    TrainingContext context = TrainingContext.of(TestExamples.random(10, 1, SICK), 1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SMALL.withPatience(2).start(context).close())
        .withMessageContaining("patience")
        .withMessageContaining("validation");
  }

  @Test
  void start_onAGpuThatIsNotThere_saysWhy() {
    TrainingContext context =
        TrainingContext.of(TestExamples.random(10, 1, SICK), 1).withDevice(Device.gpu(7));
    assertThatIllegalStateException()
        .isThrownBy(() -> SMALL.start(context).close())
        .withMessageContaining("gpu7")
        .withMessageContaining("pytorch-native-cu")
        .withMessageContaining(Cuda.status().toString());
  }

  @Test
  void advance_whenTheLossExplodes_saysSoAndKeepsTheLastEpoch() {
    Examples examples = TestExamples.random(100, 1, PRICE);
    NeuralNetwork trainer = SMALL.withLearningRate(1e30);
    try (Training training = trainer.start(TrainingContext.of(examples, 1))) {
      Digest before = digest(training);
      assertThatExceptionOfType(ArithmeticException.class)
          .isThrownBy(() -> training.advance(Budget.unlimited()))
          .withMessageContaining("epoch 1")
          .withMessageContaining("lower the learning rate");
      assertThat(training.progress().done()).isZero();
      assertThat(digest(training)).isEqualTo(before);
    }
  }

  @Test
  void progress_hasTheLossesOfTrainingAndValidation() {
    TrainingContext context =
        TrainingContext.of(TestExamples.random(200, 1, SICK), 1)
            .withValidation(TestExamples.random(5000, 2, SICK));
    try (Training training = SMALL.withEpochs(20).start(context)) {
      assertThat(training.progress()).isEqualTo(Progress.of("train neural-network/1", 0, 20));
      Progress first = training.advance(Budget.units(1));
      Progress last = training.advance(Budget.unlimited());
      assertThat(last.measures().keySet()).containsExactly("loss", "validation-loss");
      assertThat(last.measures().get("loss")).isLessThan(first.measures().get("loss"));
      try (Model model = training.model()) {
        Examples validation = context.validation().orElseThrow();
        double expected = ValidationLoss.of(model, validation, Execution.here());
        assertThat(last.measures().get("validation-loss")).isCloseTo(expected, within(1e-5));
      }
    }
  }

  /** Scales and weights that are powers of two change no bit. */
  @Test
  void scaleOfTargetsAndOfWeights_doesNotMatter() {
    Signature signature = signature(4, PRICE, PLACE);
    Examples examples = TestExamples.random(64, 3, PRICE, PLACE);
    MemoryExamples.Builder scaled = TestExamples.builder(signature);
    ExampleBlock block = examples.block(0);
    for (int row = 0; row < block.rows(); row++) {
      int at = 3 * row;
      double[] labels = IntStream.range(0, 3).mapToDouble(j -> block.labels()[at + j]).toArray();
      double[] larger = {labels[0] * 1024, labels[1] / 64, labels[2] / 64};
      scaled.add(row, block.features(), 4 * row, larger, 8);
    }
    double[] plain = scores(SMALL, examples, examples);
    double[] larger = scores(SMALL, scaled.build(), examples);
    for (int i = 0; i < plain.length; i += 3) {
      assertThat(larger[i]).isEqualTo(plain[i] * 1024);
      assertThat(larger[i + 1]).isEqualTo(plain[i + 1] / 64);
      assertThat(larger[i + 2]).isEqualTo(plain[i + 2] / 64);
    }
  }

  @Test
  void quantity_withoutVariation_isLearned() {
    Examples examples = TestExamples.of(signature(1, PRICE), new float[] {1, 2, 3}, 7, 7, 7);
    double[] scores = scores(SMALL.withEpochs(300).withLearningRate(0.01), examples, examples);
    for (double score : scores) {
      assertThat(score).isCloseTo(7, within(0.05));
    }
  }

  @Test
  void quantity_ofAnyScale_isLearned() {
    Output huge = new Output.Quantity("distance");
    float[] features = new float[100];
    double[] labels = new double[100];
    for (int i = 0; i < 100; i++) {
      features[i] = (i - 50) / 30f;
      labels[i] = 4e12 + 1e9 * features[i] * features[i];
    }
    Examples examples = TestExamples.of(signature(1, huge), features, labels);
    NeuralNetwork trainer =
        NeuralNetwork.of(Network.mlp(32)).withEpochs(300).withLearningRate(0.01);
    double[] scores = scores(trainer, examples, examples);
    double error = 0;
    for (int i = 0; i < 100; i++) {
      error += Math.abs(scores[i] - labels[i]) / 100;
    }
    assertThat(error).isLessThan(1e8);
  }

  @Test
  void examplesWithoutWeight_teachNothing() {
    Examples right = TestExamples.random(400, 5, row -> row[0] > 0 ? 1 : 0, SICK);
    MemoryExamples.Builder builder = TestExamples.builder(signature(4, SICK));
    ExampleBlock block = right.block(0);
    for (int row = 0; row < block.rows(); row++) {
      double weight = block.weights()[row];
      double label = weight > 0 ? block.labels()[row] : 1 - block.labels()[row];
      builder.add(row, block.features(), 4 * row, new double[] {label}, weight);
    }
    assertThat(scores(SMALL, builder.build(), right)).isEqualTo(scores(SMALL, right, right));
  }

  private static double[] scores(NeuralNetwork trainer, Examples train, Examples test) {
    try (Training training = trainer.start(TrainingContext.of(train, 9))) {
      training.advance(Budget.unlimited());
      try (Model model = training.model()) {
        return Scores.of(model, test).outputs();
      }
    }
  }

  private static Digest digest(Training training) {
    try (Model model = training.model()) {
      return model.digest();
    }
  }
}
