package dev.mlstack.data.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.mlstack.testkit.Seeds;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimePatternTest {

  private static final String ALPHABET = "0123456789.:/ -";

  private static byte[] bytes(String text) {
    return ("9" + text + "9").getBytes(StandardCharsets.UTF_8);
  }

  private static @Nullable Long readDate(String pattern, String text) {
    Times times = new Times(TimePattern.ofDate(pattern), null);
    byte[] bytes = bytes(text);
    return times.readDate(bytes, 1, bytes.length - 1) ? times.days() : null;
  }

  private static @Nullable Long readTime(Times times, String text) {
    byte[] bytes = bytes(text);
    return times.readTimestamp(bytes, 1, bytes.length - 1) ? times.micros() : null;
  }

  private static Times times(String pattern) {
    return new Times(null, TimePattern.ofTime(pattern));
  }

  private static DateTimeFormatter jdk(String pattern) {
    return DateTimeFormatter.ofPattern(pattern.replace('y', 'u'), Locale.ROOT)
        .withResolverStyle(ResolverStyle.STRICT);
  }

  private static LocalDateTime randomTime(Random random) {
    return LocalDateTime.of(
        LocalDate.ofYearDay(random.nextInt(10_000), 1 + random.nextInt(365)),
        LocalTime.ofNanoOfDay((long) (random.nextDouble() * 86_400e9)));
  }

  /** Changes, drops or adds a character, or leaves the text as it is. */
  private static String mutated(String text, Random random) {
    int at = random.nextInt(text.length());
    char c = ALPHABET.charAt(random.nextInt(ALPHABET.length()));
    return switch (random.nextInt(4)) {
      case 0 -> text.substring(0, at) + c + text.substring(at + 1);
      case 1 -> text.substring(0, at) + text.substring(at + 1);
      case 2 -> text.substring(0, at) + c + text.substring(at);
      default -> text;
    };
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"dd.MM.yyyy", "MM/dd/yyyy", "yyyyMMdd", "uuuu MM dd", "'on' dd''MM'yy'yyyy"})
  void date_anyText_isReadAsTheJdkReadsIt(String pattern) {
    long seed = Seeds.next();
    Random random = new Random(seed);
    DateTimeFormatter jdk = jdk(pattern.replace("'yy'", "'#'"));
    for (int round = 0; round < Seeds.repetitions(3000, 300_000); round++) {
      String text = mutated(jdk.format(randomTime(random)), random);
      LocalDateTime time = parse(text, jdk);
      Long expected = time == null ? null : time.toLocalDate().toEpochDay();
      assertThat(readDate(pattern, text.replace("#", "yy")))
          .as("%s by %s, seed %d", text, pattern, seed)
          .isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dd.MM.yyyy HH:mm",
        "dd.MM.yyyy HH:mm[:ss]",
        "MM/dd/yyyy HH:mm:ss[.SSSSSS]",
        "yyyyMMddHHmmss",
        "yyyy-MM-dd'T'HH.mm[.ss[.SSSSSSSSS]]",
        "[HH:mm ]dd.MM.yyyy"
      })
  void time_anyText_isReadAsTheJdkReadsIt(String pattern) {
    long seed = Seeds.next();
    Random random = new Random(seed);
    DateTimeFormatter jdk = jdk(pattern);
    DateTimeFormatter without = jdk(pattern.replaceAll("\\[:ss]|\\[\\..*", ""));
    Times times = times(pattern);
    for (int round = 0; round < Seeds.repetitions(3000, 300_000); round++) {
      LocalDateTime time = randomTime(random);
      String text = mutated((random.nextBoolean() ? jdk : without).format(time), random);
      LocalDateTime read = parse(text, jdk);
      Long expected = read == null ? null : micros(read);
      // A date alone, as ISO 8601 has it, is read whatever the pattern is.
      if (expected != null || !new Times().readDate(bytes(text), 1, bytes(text).length - 1)) {
        assertThat(readTime(times, text))
            .as("%s by %s, seed %d", text, pattern, seed)
            .isEqualTo(expected);
      }
    }
  }

  /** Returns what the JDK reads, if its year has no sign. */
  private static @Nullable LocalDateTime parse(String text, DateTimeFormatter jdk) {
    try {
      var parsed = jdk.parseBest(text, LocalDateTime::from, LocalDate::from);
      LocalDateTime time =
          parsed instanceof LocalDateTime full ? full : ((LocalDate) parsed).atStartOfDay();
      return time.getYear() < 0 ? null : time;
    } catch (DateTimeParseException e) {
      return null;
    }
  }

  private static long micros(LocalDateTime time) {
    return ChronoUnit.MICROS.between(
        LocalDateTime.of(1970, 1, 1, 0, 0), time.truncatedTo(ChronoUnit.MICROS));
  }

  @Test
  void zone_isReadAsTheJdkReadsIt() {
    long seed = Seeds.next();
    Random random = new Random(seed);
    DateTimeFormatter jdk = jdk("dd.MM.yyyy HH:mm:ssX");
    Times times = times("dd.MM.yyyy HH:mm[:ss][X]");
    for (int round = 0; round < 2000; round++) {
      ZoneOffset zone = ZoneOffset.ofTotalSeconds(60 * (random.nextInt(2 * 18 * 60) - 18 * 60));
      OffsetDateTime time = randomTime(random).truncatedTo(ChronoUnit.SECONDS).atOffset(zone);
      assertThat(readTime(times, jdk.format(time)))
          .as("%s, seed %d", time, seed)
          .isEqualTo(1_000_000 * time.toEpochSecond());
      assertThat(times.hasZone()).isTrue();
    }
    assertThat(readTime(times, "01.01.1970 00:01")).isEqualTo(60_000_000);
    assertThat(times.hasZone()).isFalse();
    assertThat(readTime(times, "01.01.1970 01:00+01:00")).isZero();
    assertThat(readTime(times, "01.01.1970 01:00+1")).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "d.M.yyyy, 1.2.2024, 2024-02-01",
    "d.M.yyyy, 01.02.2024, 2024-02-01",
    "d.M.yyyy, 29.2.2024, 2024-02-29",
    "d.M.yyyy, 29.02.2023,",
    "d.M.yyyy, 001.2.2024,",
    "d.M.yyyy, .2.2024,",
    "d.M.yyyy, 31.04.2024,",
    "d.M.yyyy, 0.1.2024,",
    "d.M.yyyy, 1.13.2024,",
    "d.M.yyyy, 1.1.24,",
    "d.M.yyyy, 1.1.20245,",
    "d.M.yyyy, 1.1.-024,",
    "yyyy年M月d日, 2024年2月29日, 2024-02-29",
    "yyyy年M月d日, 2024年2月29,",
    "d.M.yyyy[ 'Uhr'], 1.2.2024 Uhr, 2024-02-01",
    "d.M.yyyy[ 'Uhr'], 1.2.2024 Uh,",
  })
  void date_oneOrTwoDigits(String pattern, String text, @Nullable LocalDate expected) {
    assertThat(readDate(pattern, text)).isEqualTo(expected == null ? null : expected.toEpochDay());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "01.01.2024 24:00",
        "01.01.2024 23:60",
        "01.01.2024 23:59:60",
        "01.01.2024 2:00",
        "01.01.2024 02:0",
        "01.01.2024 02:00:",
        "01.01.2024 02:00:0",
        "30.02.2024 02:00",
        "01.01.2024  02:00",
        "01.01.2024",
        ""
      })
  void time_other_isMalformed(String text) {
    assertThat(readTime(times("dd.MM.yyyy HH:mm[:ss]"), text)).isNull();
  }

  @ParameterizedTest
  @CsvSource({"00:00:01.5, 1500000", "00:00:01.123456, 1123456", "00:00:01, 1000000"})
  void time_alternativesInBrackets_areReadOnce(String text, long expected) {
    Times times = times("yyyy-MM-dd HH:mm:ss[.SSSSSS][.S]");
    assertThat(readTime(times, "1970-01-01 " + text)).isEqualTo(expected);
    assertThat(readTime(times, "1970-01-01 " + text + ".5.5")).isNull();
    assertThat(readTime(times, "1970-01-01 00:00:01.500000.5")).isNull();
  }

  @Test
  void time_dateAlone_isMidnightAsDatesAreWritten() {
    Times both = new Times(TimePattern.ofDate("d.M.yyyy"), TimePattern.ofTime("dd.MM.yyyy HH:mm"));
    assertThat(readTime(both, "2.1.1970")).isEqualTo(86_400_000_000L);
    assertThat(readTime(both, "1970-01-02")).isNull();
    assertThat(readTime(new Times(TimePattern.ofDate("d.M.yyyy"), null), "1970-01-01 00:01"))
        .isEqualTo(60_000_000);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "dd.MM.yy | the century",
        "dd.MM | must have yyyy",
        "[dd.]MM.yyyy | outside of brackets",
        "dd.MM.yyyy[dd] | each of them once",
        "dd.MMM.yyyy | too often",
        "dd.MM.yyyyy | too often",
        "dd.MM.yyyy[ | not closed",
        "dd.MM.yyyy] | not open",
        "dd.MM.yyyy' | quote",
        "EE dd.MM.yyyy | 'E'",
        "dMMyyyy | right behind",
        "d[M].yyyy | right behind",
        "dd.MM.yyyy HH | has a time",
        "'' | must have"
      })
  void ofDate_other_isRefused(String pattern, String problem) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TimePattern.ofDate(pattern))
        .withMessageContaining("pattern '" + pattern + "'")
        .withMessageContaining(problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "dd.MM.yyyy | has no HH",
        "dd.MM.yyyy HH:mm X 'z' | behind X",
        "dd.MM.yyyy HH:mm XX | too often",
        "dd.MM.yyyy HH:mm:ss.SSSSSSSSSS | too often",
        "dd.MM.yyyy hh:mm a | 'h'"
      })
  void ofTime_other_isRefused(String pattern, String problem) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TimePattern.ofTime(pattern))
        .withMessageContaining(problem);
  }
}
