package dev.mlstack.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class AnswersTest {

  private static Classification<String> classification(double... probabilities) {
    return Label.classes("y", List.of("a", "b", "c")).answer(probabilities);
  }

  @Test
  void classification_bestOfEquals_isTheFirst() {
    assertThat(classification(0.2, 0.4, 0.4).best()).isEqualTo("b");
    assertThat(classification(1.0 / 3, 1.0 / 3, 1.0 / 3).best()).isEqualTo("a");
  }

  @Test
  void classification_probabilities_areInTheOrderOfTheLabel() {
    Classification<String> answer = classification(0.2, 0.5, 0.3);
    assertThat(answer.probabilities())
        .containsExactly(entry("a", 0.2), entry("b", 0.5), entry("c", 0.3));
    assertThat(answer.probability("c")).isEqualTo(0.3);
    assertThat(answer).hasToString("b (0.5)");
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> answer.probabilities().clear());
  }

  private static java.util.Map.Entry<String, Double> entry(String key, double value) {
    return java.util.Map.entry(key, value);
  }

  @Test
  void classification_ofAnotherClass_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> classification(0.2, 0.5, 0.3).probability("d"))
        .withMessageContaining("d is none of the classes [a, b, c]");
  }

  @Test
  void classification_doesNotChangeWithTheNumbersItWasMadeOf() {
    double[] numbers = {0.2, 0.5, 0.3};
    Classification<String> answer = classification(numbers);
    numbers[0] = 1;
    assertThat(answer.best()).isEqualTo("b");
  }

  @Test
  void classifications_areEqualIfClassesAndProbabilitiesAre() {
    assertThat(classification(0.2, 0.5, 0.3))
        .isEqualTo(classification(0.2, 0.5, 0.3))
        .hasSameHashCodeAs(classification(0.2, 0.5, 0.3))
        .isNotEqualTo(classification(0.3, 0.5, 0.2))
        .isNotEqualTo(
            Label.classes("y", List.of("x", "b", "c")).answer(new double[] {0.2, 0.5, 0.3}));
  }

  @Test
  void tensor_isReadByPlace() {
    Tensor tensor = Label.tensor("y", 2, 3).answer(new double[] {1, 2, 3, 4, 5, 6});
    for (int i = 0; i < 2; i++) {
      for (int j = 0; j < 3; j++) {
        assertThat(tensor.get(i, j)).isEqualTo(1 + 3 * i + j);
      }
    }
    assertThat(tensor).hasToString("tensor[2, 3]");
  }

  @Test
  void tensor_givesCopies() {
    Tensor tensor = Label.tensor("y", 2).answer(new double[] {1, 2});
    tensor.values()[0] = 9;
    assertThat(tensor.get(0)).isEqualTo(1);
  }

  @Test
  void tensor_atImpossiblePlaces_isRefused() {
    Tensor tensor = Label.tensor("y", 2, 3).answer(new double[6]);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> tensor.get(1))
        .withMessageContaining("has 2 indexes but was 1");
    assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> tensor.get(0, 3));
    assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> tensor.get(-1, 0));
  }

  @Test
  void tensors_areEqualIfShapesAndNumbersAre() {
    Tensor tensor = Label.tensor("y", 2, 3).answer(new double[6]);
    assertThat(tensor)
        .isEqualTo(Label.tensor("z", 2, 3).answer(new double[6]))
        .hasSameHashCodeAs(Label.tensor("z", 2, 3).answer(new double[6]))
        .isNotEqualTo(Label.tensor("y", 3, 2).answer(new double[6]))
        .isNotEqualTo(Label.tensor("y", 2, 3).answer(new double[] {0, 0, 0, 0, 0, 1}));
  }

  @Test
  void budget_limitsUnitsOrTime() {
    assertThat(Budget.units(3).units()).isEqualTo(3);
    assertThat(Budget.time(java.time.Duration.ofSeconds(2)).units()).isEqualTo(Long.MAX_VALUE);
    assertThat(Budget.unlimited().time()).isGreaterThan(java.time.Duration.ofDays(10_000));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Budget.units(0))
        .withMessage("units must be at least 1 but was 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Budget.time(java.time.Duration.ZERO))
        .withMessageContaining("time must be positive");
  }
}
