package dev.mlstack.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.mlstack.store.Digest;
import java.util.List;
import org.junit.jupiter.api.Test;

class SignatureTest {

  private static final Digest PIPELINE = Digest.of(new byte[] {1});

  @Test
  void widths_areThoseOfTheOutputsTogether() {
    Signature signature =
        new Signature(
            PIPELINE,
            7,
            List.of(
                new Output.Quantity("a"),
                Output.Classes.of("b", List.of("x", "y", "z")),
                new Output.Array("c", List.of(2, 2))));
    assertThat(signature.outputWidth()).isEqualTo(1 + 3 + 4);
    assertThat(signature.labelWidth()).isEqualTo(1 + 1 + 4);
    assertThat(Signature.fromValue(signature.toValue())).isEqualTo(signature);
  }

  @Test
  void toValue_isFrozen() {
    assertThat(
            new Signature(PIPELINE, 2, List.of(new Output.Quantity("a"))).toValue().canonicalJson())
        .isEqualTo(
            "{\"outputs\":[{\"column\":\"a\",\"output\":\"number\"}],\"pipeline\":"
                + "\"4bf5122f344554c53bde2ebb8cd2b7e3d1600ad631c385a5d7cce23c7785459a\","
                + "\"width\":2}");
  }

  @Test
  void impossibleSignatures_areRefused() {
    List<Output> outputs = List.of(new Output.Quantity("a"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Signature(PIPELINE, 0, outputs))
        .withMessage("width must be at least 1 but was 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Signature(PIPELINE, 1, List.of()))
        .withMessageContaining("empty");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new Signature(
                    PIPELINE, 1, List.of(outputs.get(0), new Output.Array("a", List.of(2)))))
        .withMessageContaining("distinct columns");
  }
}
