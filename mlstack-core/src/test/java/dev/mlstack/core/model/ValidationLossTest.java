package dev.mlstack.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.mlstack.compute.Execution;
import dev.mlstack.model.Signature;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class ValidationLossTest {

  private static double loss(PriorModel model, MemoryExamples examples) {
    return ValidationLoss.of(model, examples, Execution.here());
  }

  @Test
  void ofEveryKindOfOutput_isWhatTheFormulaSays() {
    Signature signature =
        ExampleData.signature(
            1, ExampleData.NUMBER, ExampleData.TWO, ExampleData.THREE, ExampleData.ARRAY);
    double[] answer = {10, 0.25, 0.75, 0.2, 0.3, 0.5, 1, -1};
    MemoryExamples examples =
        ExampleData.builder(signature)
            .add(1, new float[1], 0, new double[] {12, 1, 0, 1, 1}, 3)
            .add(2, new float[1], 0, new double[] {10, 0, 2, 4, -1}, 1)
            .build();
    double first = 4 - Math.log(0.75) - Math.log(0.2) + 0 + 4;
    double second = 0 - Math.log(0.25) - Math.log(0.5) + 9 + 0;
    assertThat(loss(PriorModel.of(signature, answer), examples))
        .isCloseTo((3 * first + second) / 4, within(1e-14));
  }

  @Test
  void ofAnAnswerThatWasImpossible_isFinite() {
    Signature signature = ExampleData.signature(1, ExampleData.TWO);
    MemoryExamples examples =
        ExampleData.builder(signature).add(1, new float[1], 0, new double[] {1}, 1).build();
    assertThat(loss(PriorModel.of(signature, new double[] {1, 0}), examples))
        .isCloseTo(708.396, within(0.001));
  }

  @Test
  void withoutWeight_isNotDefined() {
    Signature signature = ExampleData.signature(1, ExampleData.NUMBER);
    MemoryExamples examples =
        ExampleData.builder(signature).add(1, new float[1], 0, new double[] {1}, 0).build();
    assertThat(loss(PriorModel.of(signature, new double[] {0}), examples)).isNaN();
  }

  @Test
  void onAnyNumberOfThreads_isTheSame() {
    MemoryExamples examples = ExampleData.numbers(20_000);
    PriorModel model = PriorModel.of(examples.signature(), new double[] {0.1});
    double expected = loss(model, examples);
    ExecutorService executor = Executors.newFixedThreadPool(3);
    try {
      assertThat(ValidationLoss.of(model, examples, Execution.on(executor, 3))).isEqualTo(expected);
    } finally {
      executor.shutdownNow();
    }
  }
}
