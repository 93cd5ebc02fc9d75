package dev.mlstack.data.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.mlstack.testkit.Seeds;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimesTest {

  private static final long LAST_DAY = LocalDate.of(9999, 12, 31).toEpochDay();
  private static final long FIRST_DAY = LocalDate.of(0, 1, 1).toEpochDay();

  private final Times times = new Times();

  private boolean readDate(String text) {
    byte[] bytes = ("<" + text + ">").getBytes(StandardCharsets.UTF_8);
    return times.readDate(bytes, 1, bytes.length - 1);
  }

  private boolean readTimestamp(String text) {
    byte[] bytes = ("<" + text + ">").getBytes(StandardCharsets.UTF_8);
    return times.readTimestamp(bytes, 1, bytes.length - 1);
  }

  @Test
  void readDate_everyDay_agreesWithTheJdk() {
    // From 1890 to 2110 each, beyond that some of each month.
    for (long day = FIRST_DAY; day <= LAST_DAY; day += Math.abs(day) < 40_000 ? 1 : 7) {
      String text = LocalDate.ofEpochDay(day).toString();
      if (!readDate(text) || times.days() != day) {
        fail(text + " was read as " + times.days());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "2024-02-30", "2023-02-29", "1900-02-29", "2024-13-01", "2024-00-01", "2024-01-00",
        "2024-01-32", "2024-04-31", "24-01-01", "2024/01/01", "2024-1-1", "2024-01-01 ", "20240101",
        "-024-01-01", "2024-01-1x", "0x24-01-01", "2024-01-01T00:00"
      })
  void readDate_other_isMalformed(String text) {
    assertThat(readDate(text)).isFalse();
  }

  @Test
  void readTimestamp_agreesWithTheJdk() {
    long seed = Seeds.next();
    Random random = new Random(seed);
    for (int round = 0; round < 20_000; round++) {
      long second =
          FIRST_DAY * 86_400 + (random.nextLong() >>> 1) % ((LAST_DAY - FIRST_DAY) * 86_400);
      LocalDateTime time =
          LocalDateTime.ofEpochSecond(second, random.nextInt(1_000_000_000), ZoneOffset.UTC);
      if (random.nextInt(3) == 0) {
        time = time.truncatedTo(random.nextBoolean() ? ChronoUnit.MINUTES : ChronoUnit.MILLIS);
      }
      String text = time.toString();
      text = random.nextBoolean() ? text.replace('T', ' ') : text;
      boolean zoned = random.nextBoolean();
      ZoneOffset zone = ZoneOffset.ofTotalSeconds(60 * (random.nextInt(2 * 18 * 60) - 18 * 60));
      Instant expected =
          zoned ? OffsetDateTime.of(time, zone).toInstant() : time.toInstant(ZoneOffset.UTC);
      String id = zoned ? zone(zone, random) : "";
      assertThat(readTimestamp(text + id)).as("%s, seed %d", text + id, seed).isTrue();
      assertThat(times.micros())
          .as("%s, seed %d", text + id, seed)
          .isEqualTo(expected.getEpochSecond() * 1_000_000 + expected.getNano() / 1000);
      assertThat(times.hasZone()).isEqualTo(zoned);
    }
  }

  private static String zone(ZoneOffset zone, Random random) {
    String[] patterns = {"XXX", "XX", "xxx", "xx", "X"};
    // The last pattern leaves out minutes of zero only.
    return DateTimeFormatter.ofPattern(patterns[random.nextInt(patterns.length)])
        .format(OffsetDateTime.of(LocalDateTime.MIN.withYear(2000), zone));
  }

  @ParameterizedTest
  @CsvSource({
    "2024-01-02, 2024-01-02T00:00:00",
    "2024-01-02 03:04, 2024-01-02T03:04:00",
    "2024-01-02t03:04:05, 2024-01-02T03:04:05",
    "'2024-01-02T03:04:05,5', 2024-01-02T03:04:05.5",
    "2024-01-02T03:04:05.123456789, 2024-01-02T03:04:05.123456",
    "1969-12-31T23:59:59.9999999, 1969-12-31T23:59:59.999999"
  })
  void readTimestamp_forms(String text, LocalDateTime expected) {
    assertThat(readTimestamp(text)).isTrue();
    assertThat(times.hasZone()).isFalse();
    assertThat(times.micros())
        .isEqualTo(ChronoUnit.MICROS.between(LocalDateTime.of(1970, 1, 1, 0, 0), expected));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2024-01-02T",
        "2024-01-02T03",
        "2024-01-02T03:",
        "2024-01-02T03:0",
        "2024-01-02T24:00",
        "2024-01-02T03:60",
        "2024-01-02T03:04:60",
        "2024-01-02T03:04:5",
        "2024-01-02T03:04:05.",
        "2024-01-02T03:04:05.1234567890",
        "2024-01-02T03:04:05+",
        "2024-01-02T03:04:05+1",
        "2024-01-02T03:04:05+19:00",
        "2024-01-02T03:04:05+01:60",
        "2024-01-02T03:04:05 Z",
        "2024-01-02T03:04:05ZZ",
        "2024-01-02T03:04:05UTC",
        "2024-01-02X03:04",
        "2024-01-02  03:04",
        "2024-02-30T03:04",
        "2024-01-02T0304",
        "2024-01-02Z",
        "2024-01-02T03:04:05.1x",
        "2024-01-02T03:04:"
      })
  void readTimestamp_other_isMalformed(String text) {
    assertThat(readTimestamp(text)).isFalse();
  }
}
