package dev.mlstack.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.mlstack.model.Model;
import dev.mlstack.store.Digest;
import dev.mlstack.store.ObjectSource;
import dev.mlstack.store.StoredObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Models that an earlier version has stored: they must load and answer for ever. */
class FrozenModelsTest {

  private static final float[] ROWS = {0, 0, 1, -1, 3, 0.5f};

  private static ObjectSource source(String name) {
    return digest -> {
      String file = "frozen/" + name + "/" + digest.hex();
      try (InputStream in = FrozenModelsTest.class.getResourceAsStream(file)) {
        StoredObject object = StoredObject.decode(Objects.requireNonNull(in, file).readAllBytes());
        assertThat(object.digest()).isEqualTo(digest);
        return object;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    };
  }

  private static double[] score(Model model) {
    double[] outputs = new double[3 * model.signature().outputWidth()];
    model.score(ROWS, 3, outputs);
    return outputs;
  }

  @Test
  void linear() {
    Digest digest =
        Digest.parse("95765844671c1dde1f5b41fee4bc48d8bf177bc17330ced4f3ee4e405cd7bda4");
    try (Model model = Models.load(source("linear-1"), digest)) {
      assertThat(model.signature().outputs())
          .containsExactly(
              ExampleData.NUMBER, ExampleData.TWO, ExampleData.THREE, ExampleData.ARRAY);
      double[] outputs = score(model);
      for (int row = 0; row < 3; row++) {
        double a = ROWS[2 * row];
        double b = ROWS[2 * row + 1];
        double odds = Math.exp(0.5 * a + b - 1);
        double first = Math.exp(a + 0.5);
        double last = Math.exp(-a + 2 * b);
        double[] expected = {
          1.5 * a - 2 * b + 0.25,
          1 / (1 + odds),
          odds / (1 + odds),
          first / (first + last),
          0,
          last / (first + last),
          0.1 * a + 0.2 * b + 0.3,
          1e300
        };
        for (int i = 0; i < expected.length; i++) {
          assertThat(outputs[8 * row + i])
              .as("row %d, output %d", row, i)
              .isCloseTo(expected[i], within(4 * Math.ulp(expected[i])));
        }
      }
    }
  }

  @Test
  void prior() {
    Digest digest =
        Digest.parse("d2e6127fc9eb87faa282814d65e45184f26f44f698148db89db061bbdfbfcb11");
    try (Model model = Models.load(source("prior-1"), digest)) {
      assertThat(score(model))
          .startsWith(12.5, 0.25, 0.75, 0.1, 0.2, 0.7, -1, 1e-9)
          .endsWith(12.5, 0.25, 0.75, 0.1, 0.2, 0.7, -1, 1e-9);
    }
  }
}
