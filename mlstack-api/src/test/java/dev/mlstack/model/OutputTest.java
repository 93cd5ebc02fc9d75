package dev.mlstack.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.mlstack.store.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class OutputTest {

  static Stream<Arguments> outputs() {
    return Stream.of(
        Arguments.of(
            new Output.Quantity("price"), 1, 1, "{\"column\":\"price\",\"output\":\"number\"}"),
        Arguments.of(
            new Output.Classes("color", List.of("red", "green", "blue"), -1),
            3,
            1,
            "{\"classes\":[\"red\",\"green\",\"blue\"],\"column\":\"color\",\"output\":\"classes\","
                + "\"positive\":-1}"),
        Arguments.of(
            new Output.Classes("sick", List.of("yes", "no"), 0),
            2,
            1,
            "{\"classes\":[\"yes\",\"no\"],\"column\":\"sick\",\"output\":\"classes\","
                + "\"positive\":0}"),
        Arguments.of(
            new Output.Array("image", List.of(2, 3)),
            6,
            6,
            "{\"column\":\"image\",\"output\":\"tensor\",\"shape\":[2,3]}"));
  }

  @ParameterizedTest
  @MethodSource("outputs")
  void output_hasWidthsAndADocumentThatGivesItBack(
      Output output, int width, int labelWidth, String json) {
    assertThat(output.width()).isEqualTo(width);
    assertThat(output.labelWidth()).isEqualTo(labelWidth);
    assertThat(output.toValue().canonicalJson()).isEqualTo(json);
    assertThat(Output.fromValue(output.toValue())).isEqualTo(output);
  }

  @Test
  void fromValue_ofAnUnknownForm_isRefused() {
    Value value = Value.doc().put("output", "music").put("column", "x").build();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Output.fromValue(value))
        .withMessageContaining("'music'");
  }

  @Test
  void classes_ofTwo_haveAPositiveOne_andOfMoreNone() {
    assertThat(Output.Classes.of("y", List.of("a", "b")).positive()).isEqualTo(1);
    assertThat(Output.Classes.of("y", List.of("a", "b", "c")).positive()).isEqualTo(-1);
    for (int positive : new int[] {-1, 2}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new Output.Classes("y", List.of("a", "b"), positive))
          .withMessageContaining("was " + positive);
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Output.Classes("y", List.of("a", "b", "c"), 0));
  }

  @Test
  void classes_areCopied() {
    List<String> names = new ArrayList<>(List.of("a", "b"));
    Output.Classes classes = Output.Classes.of("y", names);
    names.clear();
    assertThat(classes.classes()).containsExactly("a", "b");
  }

  @Test
  void array_withoutDimensions_isOneNumber() {
    assertThat(new Output.Array("y", List.of()).width()).isEqualTo(1);
  }

  @Test
  void array_ofAnImpossibleShape_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Output.Array("y", List.of(3, -1)))
        .withMessageContaining("[3, -1]");
  }
}
