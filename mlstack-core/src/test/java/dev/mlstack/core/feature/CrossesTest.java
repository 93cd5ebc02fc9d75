package dev.mlstack.core.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CrossesTest {

  private static final String LETTERS = "ab|\\";

  @Test
  void differentParts_giveDifferentCrosses_andComeBack() {
    Random random = new Random(7);
    Map<String, List<String>> seen = new HashMap<>();
    for (int i = 0; i < 5000; i++) {
      List<String> parts = List.of(text(random), text(random), text(random));
      @Nullable String cross = Crosses.join(parts.toArray(String[]::new));
      assertThat(cross).isNotNull();
      assertThat(Crosses.split(String.valueOf(cross))).isEqualTo(parts);
      assertThat(seen.computeIfAbsent(String.valueOf(cross), key -> parts)).isEqualTo(parts);
    }
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(4); i > 0; i--) {
      text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return text.toString();
  }

  @Test
  void missingPart_makesTheCrossMissing() {
    assertThat(Crosses.join("a", null)).isNull();
    assertThat(Crosses.join("a", "")).isEqualTo("a|");
  }

  @Test
  void crossOfOneColumn_isRefused() {
    assertThatThrownBy(() -> new ChainInput.Cross(List.of("a")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("two or more");
    assertThatThrownBy(() -> new ChainInput.Cross(List.of("a", "a")))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
