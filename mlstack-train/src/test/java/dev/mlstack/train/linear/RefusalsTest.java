package dev.mlstack.train.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.mlstack.compute.Device;
import dev.mlstack.core.model.LinearModel;
import dev.mlstack.core.model.MemoryExamples;
import dev.mlstack.feature.FeatureLayout;
import dev.mlstack.feature.Slot;
import dev.mlstack.model.Budget;
import dev.mlstack.model.Examples;
import dev.mlstack.model.Output;
import dev.mlstack.model.Signature;
import dev.mlstack.model.Trainer;
import dev.mlstack.model.Training;
import dev.mlstack.model.TrainingContext;
import dev.mlstack.table.DataException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RefusalsTest {

  private static final Signature TWO = LinearData.signature(2, LinearData.classes(2));
  private static final Signature THREE = LinearData.signature(2, LinearData.classes(3));
  private static final Signature NUMBER = LinearData.signature(2, new Output.Quantity("y"));

  private static void refuse(Trainer trainer, Examples examples, String... message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> trainer.start(TrainingContext.of(examples, 1)))
        .withMessageContainingAll(message);
  }

  @Test
  void missingFeatures_areRefusedNamingSlotAndRow() {
    Examples examples =
        LinearData.of(NUMBER, new double[][] {{1, 2, 3}, {1, 2, 3}, {4, Double.NaN, 6}});
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> LeastSquares.defaults().start(TrainingContext.of(examples, 1)))
        .withMessage(
            "feature 'f1' is missing in row 2: a linear model needs a number there; impute it in"
                + " the feature pipeline");
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void infiniteFeatures_areRefusedNamingSlotAndRow(double value) {
    Examples examples = LinearData.of(NUMBER, new double[][] {{1, 2, 3}, {value, 5, 6}});
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> LeastSquares.defaults().start(TrainingContext.of(examples, 1)))
        .withMessageContaining("feature 'f0' is infinite in row 1")
        .withMessageContaining("clip it");
  }

  @Test
  void missingFeaturesOfRowsWithoutWeight_areRefusedToo() {
    MemoryExamples.Builder builder = LinearData.builder(NUMBER);
    LinearData.add(builder, 0, new double[] {1, 2, 3}, NUMBER, 1);
    LinearData.add(builder, 1, new double[] {1, Double.NaN, 3}, NUMBER, 0);
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> LeastSquares.defaults().start(TrainingContext.of(builder.build(), 1)))
        .withMessageContaining("row 1");
  }

  @Test
  void theFirstOfSeveralMissingFeatures_isNamed() {
    MemoryExamples.Builder builder = LinearData.builder(NUMBER);
    for (int row = 0; row < 20_000; row++) {
      double value = row == 4999 || row > 9000 ? Double.NaN : row;
      LinearData.add(builder, row, new double[] {value, 1, 1}, NUMBER, 1);
    }
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> LeastSquares.defaults().start(TrainingContext.of(builder.build(), 1)))
        .withMessageContaining("in row 4999");
  }

  @Test
  void oneClassOnly_isRefusedNamingIt() {
    refuse(
        Logistic.defaults(),
        LinearData.of(TWO, new double[][] {{1, 2, 1}, {3, 4, 1}}),
        "all examples are of the class 'c1' of 'y'",
        "Baseline.prior()");
    refuse(
        Logistic.defaults(), LinearData.of(THREE, new double[][] {{1, 2, 2}, {3, 4, 2}}), "'c2'");
  }

  @Test
  void aClassWhoseExamplesHaveNoWeight_doesNotCount() {
    MemoryExamples.Builder builder = LinearData.builder(TWO);
    LinearData.add(builder, 0, new double[] {1, 2, 0}, TWO, 1);
    LinearData.add(builder, 1, new double[] {3, 4, 1}, TWO, 0);
    refuse(Logistic.defaults(), builder.build(), "'c0'");
  }

  @Test
  void aClassWithoutExamplesAmongThree_isNeverPredicted() {
    Examples examples =
        LinearData.of(THREE, new double[][] {{1, 2, 0}, {3, 4, 2}, {2, 2, 0}, {3, 5, 2}});
    LinearModel model = LinearData.train(Logistic.defaults(), examples);
    double[] outputs = new double[3];
    model.score(new float[] {3, 4}, 1, outputs);
    assertThat(outputs[1]).isZero();
    assertThat(outputs[2]).isGreaterThan(0.5);
    assertThat(outputs[0] + outputs[2]).isEqualTo(1);
  }

  @Test
  void noExamples_areRefused() {
    refuse(Logistic.defaults(), LinearData.of(TWO), "there must be examples to train on");
    refuse(LeastSquares.defaults(), LinearData.of(NUMBER), "there must be examples to train on");
  }

  @Test
  void noWeight_isRefused() {
    MemoryExamples.Builder builder = LinearData.builder(NUMBER);
    LinearData.add(builder, 0, new double[] {1, 2, 3}, NUMBER, 0);
    refuse(LeastSquares.defaults(), builder.build(), "positive, finite sum but it is 0.0");
    MemoryExamples.Builder heavy = LinearData.builder(NUMBER);
    LinearData.add(heavy, 0, new double[] {1, 2, 3}, NUMBER, Double.MAX_VALUE);
    LinearData.add(heavy, 1, new double[] {1, 2, 3}, NUMBER, Double.MAX_VALUE);
    refuse(LeastSquares.defaults(), heavy.build(), "positive, finite sum but it is Infinity");
    MemoryExamples.Builder large = LinearData.builder(NUMBER);
    LinearData.add(large, 0, new double[] {1e30, 2, 3}, NUMBER, 1e300);
    refuse(LeastSquares.defaults(), large.build(), "bring labels and weights to a smaller scale");
  }

  @Test
  void labelsOfAnotherKind_areRefusedNamingWhatLearnsThem() {
    refuse(
        Logistic.defaults(),
        LinearData.of(NUMBER, new double[] {1, 2, 3}),
        "one column of classes",
        "use LeastSquares");
    refuse(
        Logistic.defaults(),
        LinearData.of(
            LinearData.signature(
                2, LinearData.classes(2), Output.Classes.of("z", List.of("a", "b"))),
            new double[] {1, 2, 0, 1}),
        "one model for each column");
    refuse(LeastSquares.defaults(), LinearData.of(TWO, new double[] {1, 2, 0}), "use Logistic");
  }

  @Test
  void codes_areRefusedNamingTheSlot() {
    FeatureLayout layout = new FeatureLayout(List.of(Slot.number("a"), Slot.code("color", 9)));
    Examples examples =
        MemoryExamples.builder(NUMBER, layout)
            .add(1, new float[] {1, 2}, 0, new double[] {3}, 1)
            .build();
    refuse(LeastSquares.defaults(), examples, "'color' is a code", "encode it as indicators");
  }

  @Test
  void moreCoefficientsThanMakeSense_areRefused() {
    Output classes =
        Output.Classes.of("y", IntStream.range(0, 5000).mapToObj(String::valueOf).toList());
    Signature signature = LinearData.signature(2000, classes);
    Examples examples = LinearData.of(signature, new double[2001]);
    refuse(
        Logistic.defaults(),
        examples,
        "at most 8388608 coefficients",
        "5000 units of 2000 features and an intercept need 10005000");
  }

  @Test
  void aGpu_isRefused() {
    TrainingContext context =
        TrainingContext.of(LinearData.of(NUMBER, new double[] {1, 2, 3}), 1)
            .withDevice(Device.gpu(0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LeastSquares.defaults().start(context))
        .withMessage("least squares runs on the CPU only but the device was gpu0");
  }

  @Test
  void labelsThatOverflow_areRefusedByTheFirstRound() {
    Examples examples =
        LinearData.of(NUMBER, new double[][] {{1, 2, 1e200}, {2, 2, -1e200}, {3, 1, 1e200}});
    try (Training training = LeastSquares.defaults().start(TrainingContext.of(examples, 1))) {
      assertThatExceptionOfType(ArithmeticException.class)
          .isThrownBy(() -> training.advance(Budget.unlimited()))
          .withMessageContaining("the objective is Infinity where the training starts")
          .withMessageContaining("smaller scale");
      assertThat(training.progress().done()).isZero();
    }
  }

  @Test
  void parametersOutOfRange_areRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Logistic.defaults().withL2(-1))
        .withMessage("l2 must be finite and not negative but was -1.0");
    assertThatIllegalArgumentException().isThrownBy(() -> Logistic.defaults().withL2(Double.NaN));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LeastSquares.defaults().withMaxRounds(0))
        .withMessage("maxRounds must be at least 1 but was 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LeastSquares.defaults().withTolerance(1))
        .withMessage("tolerance must be at least 0 and below 1 but was 1.0");
  }

  @Test
  void trainersAreValues() {
    assertThat(Logistic.defaults().withL2(2))
        .isEqualTo(Logistic.defaults().withL2(2))
        .hasSameHashCodeAs(Logistic.defaults().withL2(2))
        .isNotEqualTo(Logistic.defaults())
        .hasToString("logistic/1 {\"l2\":2.0,\"max-rounds\":1000,\"tolerance\":1.0E-6}");
    assertThat(LeastSquares.defaults().withTolerance(0))
        .isEqualTo(LeastSquares.defaults().withTolerance(0))
        .isNotEqualTo(LeastSquares.defaults())
        .hasToString("least-squares/1 {\"l2\":1.0,\"max-rounds\":1000,\"tolerance\":0.0}");
  }
}
