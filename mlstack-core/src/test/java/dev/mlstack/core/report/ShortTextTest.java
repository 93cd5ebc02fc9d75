package dev.mlstack.core.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShortTextTest {

  @ParameterizedTest
  @CsvSource({
    "mean_area, 9, mean_area",
    "mean_areas, 9, mean…reas",
    "column_1, 3, c…1",
    "東京大阪, 8, 東京大阪",
    "東京大阪京都, 9, 東京…京都",
    "😀😀😀😀, 5, 😀…😀",
  })
  void of_text_keepsBeginningAndEnd(String text, int letters, String expected) {
    assertThat(ShortText.of(text, letters)).isEqualTo(expected);
  }
}
