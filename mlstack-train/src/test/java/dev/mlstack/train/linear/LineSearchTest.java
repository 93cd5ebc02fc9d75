package dev.mlstack.train.linear;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LineSearchTest {

  @Test
  void tooShort_doublesUntilAStepWasTooLong_thenHalvesTheRest() {
    LineSearch search = LineSearch.FIRST.tooShort().tooShort();
    assertThat(search).isEqualTo(new LineSearch(4, 2, Double.POSITIVE_INFINITY, 2));
    search = search.tooLong();
    assertThat(search).isEqualTo(new LineSearch(3, 2, 4, 3));
    assertThat(search.tooShort()).isEqualTo(new LineSearch(3.5, 3, 4, 4));
    assertThat(search.tooLong()).isEqualTo(new LineSearch(2.5, 2, 3, 4));
  }

  @Test
  void tooLong_halves() {
    assertThat(LineSearch.FIRST.tooLong().tooLong()).isEqualTo(new LineSearch(0.25, 0, 0.5, 2));
  }
}
