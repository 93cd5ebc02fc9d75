package dev.mlstack.train.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.mlstack.compute.Device;
import dev.mlstack.model.Budget;
import dev.mlstack.model.Examples;
import dev.mlstack.model.Model;
import dev.mlstack.model.Training;
import dev.mlstack.model.TrainingContext;
import dev.mlstack.store.Value;
import org.junit.jupiter.api.Test;

class BaselineTest {

  private static final Examples EXAMPLES =
      PriorLawsTest.builder()
          .add(1, new float[] {Float.NaN}, 0, new double[] {1, 10, 0, 1, 2, 3, 4}, 1)
          .add(2, new float[] {0}, 0, new double[] {0, 20, 2, 5, 6, 7, 8}, 3)
          .add(3, new float[] {0}, 0, new double[] {1, -1e9, 1, 0, 0, 0, 0}, 0)
          .build();

  private static double[] answer(Training training) {
    try (Model model = training.model()) {
      double[] outputs = new double[model.signature().outputWidth()];
      model.score(new float[] {5}, 1, outputs);
      return outputs;
    }
  }

  @Test
  void prior_answersFrequenciesAndMeansByWeight() {
    try (Training training = Baseline.prior().start(TrainingContext.of(EXAMPLES, 1))) {
      assertThat(training.advance(Budget.unlimited()).done()).isEqualTo(1);
      assertThat(training.done()).isTrue();
      assertThat(answer(training)).containsExactly(0.75, 0.25, 17.5, 0.25, 0, 0.75, 4, 5, 6, 7);
    }
  }

  @Test
  void prior_beforeItsRound_answersWhatCanBeSaidWithoutData() {
    try (Training training = Baseline.prior().start(TrainingContext.of(EXAMPLES, 1))) {
      assertThat(answer(training))
          .containsExactly(
              new double[] {0.5, 0.5, 0, 1 / 3.0, 1 / 3.0, 1 / 3.0, 0, 0, 0, 0}, within(0.0));
    }
  }

  @Test
  void prior_ofOneClassOnly_isSure() {
    Examples same =
        PriorLawsTest.builder()
            .add(1, new float[1], 0, new double[] {1, 3, 2, 0, 0, 0, 0}, 1)
            .build();
    try (Training training = Baseline.prior().start(TrainingContext.of(same, 1))) {
      training.advance(Budget.unlimited());
      assertThat(answer(training)).containsExactly(0, 1, 3, 0, 0, 1, 0, 0, 0, 0);
    }
  }

  @Test
  void noExamples_areRefused() {
    Examples none = PriorLawsTest.builder().build();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Baseline.prior().start(TrainingContext.of(none, 1)))
        .withMessageContaining("there must be examples");
  }

  @Test
  void noWeight_isRefusedByTheRound() {
    Examples weightless = PriorLawsTest.builder().add(1, new float[1], 0, new double[7], 0).build();
    try (Training training = Baseline.prior().start(TrainingContext.of(weightless, 1))) {
      assertThatExceptionOfType(ArithmeticException.class)
          .isThrownBy(() -> training.advance(Budget.unlimited()))
          .withMessageContaining("the weights add up to 0.0");
      assertThat(training.done()).isFalse();
    }
  }

  @Test
  void aGpu_isRefused() {
    TrainingContext context = TrainingContext.of(EXAMPLES, 1).withDevice(Device.gpu(1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Baseline.prior().start(context))
        .withMessageContaining("the device was gpu1");
  }

  @Test
  void prior_hasNoParameters() {
    assertThat(Baseline.prior().parameters()).isEqualTo(Value.Doc.EMPTY);
    assertThat(Baseline.prior().changeable()).isEmpty();
    assertThat(Baseline.prior()).hasToString("prior/1").isSameAs(Baseline.prior());
  }
}
