package dev.mlstack.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.schema.Role;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LabelTest {

  enum Diagnosis {
    MALIGNANT,
    BENIGN
  }

  enum Color {
    RED,
    GREEN,
    DARK_BLUE
  }

  enum Only {
    ONE
  }

  record House(double price, boolean sold, Color color, Diagnosis quality) {}

  record Wrong(String text) {}

  record Nothing() {}

  @Test
  void binary_knowsWhichConstantIsLookedFor() {
    Label<Classification<Diagnosis>> label = Label.binary("diagnosis", Diagnosis.MALIGNANT);
    assertThat(label.outputs())
        .containsExactly(new Output.Classes("diagnosis", List.of("MALIGNANT", "BENIGN"), 0));
    assertThat(label.columns()).containsExactly("diagnosis");
    assertThat(label.fields())
        .containsExactly(
            Field.of("diagnosis", FieldType.category(List.of("MALIGNANT", "BENIGN")))
                .required()
                .withRole(Role.LABEL));
  }

  @Test
  void binary_answersWithConstants() {
    Classification<Diagnosis> answer =
        Label.binary("diagnosis", Diagnosis.MALIGNANT).answer(new double[] {0.25, 0.75});
    assertThat(answer.best()).isEqualTo(Diagnosis.BENIGN);
    assertThat(answer.probability(Diagnosis.MALIGNANT)).isEqualTo(0.25);
  }

  @Test
  void binary_ofAnEnumWithThreeConstants_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Label.binary("color", Color.RED))
        .withMessageContaining("two classes")
        .withMessageContaining("DARK_BLUE");
  }

  @Test
  void classes_ofAnEnum_areItsConstants() {
    assertThat(Label.classes("color", Color.class).outputs())
        .containsExactly(
            new Output.Classes("color", List.of("RED", "GREEN", "DARK_BLUE"), /* positive= */ -1));
    assertThat(Label.classes("diagnosis", Diagnosis.class).outputs())
        .containsExactly(new Output.Classes("diagnosis", List.of("MALIGNANT", "BENIGN"), 1));
  }

  @Test
  void classes_ofAnEnumWithOneConstant_areRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Label.classes("only", Only.class))
        .withMessageContaining("two or more")
        .withMessageContaining("ONE");
  }

  @Test
  void classes_ofTexts_areCopied() {
    List<String> texts = new ArrayList<>(List.of("no", "yes"));
    Label<Classification<String>> label = Label.classes("answer", texts);
    texts.set(0, "changed");
    assertThat(label.outputs())
        .containsExactly(new Output.Classes("answer", List.of("no", "yes"), 1));
    assertThat(label.answer(new double[] {0.9, 0.1}).best()).isEqualTo("no");
  }

  @Test
  void classes_ofTextsThatAreTheSame_areRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Label.classes("answer", List.of("yes", "yes")))
        .withMessageContaining("distinct");
  }

  @Test
  void classes_ofWholeNumbers_answerWithThem() {
    Label<Classification<Integer>> label = Label.classes("digit", -1, 1);
    assertThat(label.outputs())
        .containsExactly(new Output.Classes("digit", List.of("-1", "0", "1"), /* positive= */ -1));
    assertThat(label.answer(new double[] {0.2, 0.2, 0.6}).best()).isEqualTo(1);
    assertThat(label.fields().get(0).type()).isEqualTo(FieldType.INT64);
  }

  @Test
  void classes_ofAnEmptyOrHugeRange_areRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Label.classes("digit", 3, 3))
        .withMessageContaining("last must be above first, 3,");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Label.classes("digit", Integer.MIN_VALUE, Integer.MAX_VALUE))
        .withMessageContaining("65536");
    assertThat(Label.classes("digit", 1, 65536).outputs().get(0).width()).isEqualTo(65536);
  }

  @Test
  void flag_answersWithTruthValues() {
    Label<Classification<Boolean>> label = Label.flag("churned");
    assertThat(label.outputs())
        .containsExactly(new Output.Classes("churned", List.of("false", "true"), 1));
    assertThat(label.answer(new double[] {0.4, 0.6}).probability(true)).isEqualTo(0.6);
  }

  @Test
  void number_answersWithANumber() {
    Label<Regression> label = Label.number("price");
    assertThat(label.outputs()).containsExactly(new Output.Quantity("price"));
    assertThat(label.answer(new double[] {12.5})).isEqualTo(new Regression(12.5));
  }

  @Test
  void tensor_answersWithACopy() {
    double[] outputs = {1, 2, 3, 4, 5, 6};
    Tensor answer = Label.tensor("image", 2, 3).answer(outputs);
    outputs[0] = 9;
    assertThat(answer.shape()).containsExactly(2, 3);
    assertThat(answer.values()).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(answer.get(1, 0)).isEqualTo(4);
  }

  @Test
  void tensor_ofAnImpossibleShape_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Label.tensor("image", 2, 0))
        .withMessageContaining("shape")
        .withMessageContaining("[2, 0]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Label.tensor("image", 1 << 20, 1 << 20))
        .withMessageContaining("fit into an array");
  }

  @Test
  void outputs_haveOneForEachComponent() {
    Label<Outputs<House>> label = Label.outputs(House.class);
    assertThat(label.outputs())
        .containsExactly(
            new Output.Quantity("price"),
            new Output.Classes("sold", List.of("false", "true"), 1),
            new Output.Classes("color", List.of("RED", "GREEN", "DARK_BLUE"), /* positive= */ -1),
            new Output.Classes("quality", List.of("MALIGNANT", "BENIGN"), 1));
    assertThat(label.columns()).containsExactly("price", "sold", "color", "quality");
  }

  @Test
  void outputs_answerWithTheRecordOfNumbersAndMostProbableClasses() {
    double[] outputs = {99.5, 0.1, 0.9, 0.3, 0.3, 0.4, 0.5, 0.5};
    House expected = new House(99.5, true, Color.DARK_BLUE, Diagnosis.MALIGNANT);
    assertThat(Label.outputs(House.class).answer(outputs)).isEqualTo(new Outputs<>(expected));
    assertThat(Label.outputs(House.class, MethodHandles.lookup()).answer(outputs).value())
        .isEqualTo(expected);
  }

  @Test
  void outputs_ofOtherComponents_areRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Label.outputs(Wrong.class))
        .withMessageContaining("'text'")
        .withMessageContaining("a double, a boolean or an enum");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Label.outputs(Nothing.class))
        .withMessageContaining("one component or more");
  }

  @Test
  void answer_madeOfTooFewOrTooManyNumbers_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Label.flag("churned").answer(new double[] {1}))
        .withMessageContaining("churned")
        .withMessageContaining("2 numbers but was given 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Label.number("price").answer(new double[] {1, 2}));
  }

  @Test
  void toString_saysWhatIsPredicted() {
    assertThat(Label.flag("churned")).asString().contains("churned", "false", "true");
  }
}
