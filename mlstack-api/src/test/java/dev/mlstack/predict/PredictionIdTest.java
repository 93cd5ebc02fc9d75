package dev.mlstack.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PredictionIdTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0, 00000000000000000000000000000000",
    "1, -1, 0000000000000001ffffffffffffffff",
    "-1, 1, ffffffffffffffff0000000000000001",
    "81985529216486895, -81985529216486896, 0123456789abcdeffedcba9876543210",
  })
  void text_is32DigitsAndReadsBack(long high, long low, String text) {
    PredictionId id = new PredictionId(high, low);

    assertThat(id).hasToString(text);
    assertThat(PredictionId.parse(text)).isEqualTo(id);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0",
        "0000000000000000000000000000000",
        "000000000000000000000000000000000",
        "0000000000000000000000000000000g",
        "00000000-0000-0000-0000-00000000",
        "+0000000000000000000000000000000"
      })
  void parse_anotherForm_isRefusedWithTheText(String text) {
    assertThatThrownBy(() -> PredictionId.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + text + "'")
        .hasMessageContaining("hexadecimal");
  }

  @Test
  void at_isTheTimeInTheHighHalf() {
    long millis = Instant.parse("2026-02-03T04:05:06.789Z").toEpochMilli();

    assertThat(new PredictionId(millis << 16 | 0xFFFF, 7).at())
        .isEqualTo(Instant.ofEpochMilli(millis));
  }

  @Test
  void order_isThatOfTheTexts() {
    long[] parts = {0, 1, Long.MAX_VALUE, Long.MIN_VALUE, -1};
    for (long high : parts) {
      for (long low : parts) {
        for (long otherHigh : parts) {
          for (long otherLow : parts) {
            PredictionId a = new PredictionId(high, low);
            PredictionId b = new PredictionId(otherHigh, otherLow);
            assertThat(Integer.signum(a.compareTo(b)))
                .isEqualTo(Integer.signum(a.toString().compareTo(b.toString())));
          }
        }
      }
    }
  }
}
