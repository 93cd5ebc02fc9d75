package dev.mlstack.train.linear;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlstack.model.Output;
import dev.mlstack.model.Trainer;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One recipe, one content: these digests are the same on every machine and every version of Java.
 * If one has to change, so has the version of the operation.
 */
class OneContentTest {

  static Stream<Arguments> recipes() {
    return Stream.of(
        Arguments.of(
            Logistic.defaults(),
            LinearData.classes(2),
            "10bee2a43a011ecb6829ced28df778987a46b2aa0ea1abb7a87f3ff5966652c9"),
        Arguments.of(
            Logistic.defaults().withL2(0.1),
            LinearData.classes(4),
            "906d207720bea4ef779cf48665f79b6f1a381118a37270aafc0bbcb7cbf730ac"),
        Arguments.of(
            LeastSquares.defaults(),
            new Output.Array("y", List.of(2)),
            "3e61dcfe421797585503a50e0fd89d58946caf980151b19bf9fd41de4c640229"));
  }

  @ParameterizedTest
  @MethodSource("recipes")
  void modelHasTheDigestThatItAlwaysHad(Trainer trainer, Output output, String digest) {
    assertThat(LinearData.train(trainer, LinearData.random(99, 6000, 7, output)).digest())
        .hasToString(digest);
  }
}
