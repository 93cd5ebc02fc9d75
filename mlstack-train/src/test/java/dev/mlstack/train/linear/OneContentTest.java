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
            "2d1b5c22101fa6a54bbad9d372ed7cbf25cf5f3fe2ea89a3f65eb5e904b8fccc"),
        Arguments.of(
            Logistic.defaults().withL2(0.1),
            LinearData.classes(4),
            "94e00d2f27c6e1d3c639e62bf5f375d26b60d208271252d22f7f8bc853bf72c8"),
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
