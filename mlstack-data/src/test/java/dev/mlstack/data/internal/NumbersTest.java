package dev.mlstack.data.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlstack.testkit.Seeds;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumbersTest {

  private static final BigInteger MAX = BigInteger.valueOf(Long.MAX_VALUE);
  private static final BigInteger MIN = BigInteger.valueOf(Long.MIN_VALUE);

  private final long seed = Seeds.next();
  private final Random random = new Random(seed);
  private final Numbers numbers = new Numbers('.');

  private Numbers.Outcome readWhole(String text) {
    byte[] bytes = ("<" + text + ">").getBytes(StandardCharsets.UTF_8);
    return numbers.readWhole(bytes, 1, bytes.length - 1);
  }

  private boolean readReal(String text) {
    byte[] bytes = ("<" + text + ">").getBytes(StandardCharsets.UTF_8);
    boolean read = numbers.readReal(bytes, 1, bytes.length - 1);
    assertThat(new Numbers('.').isReal(bytes, 1, bytes.length - 1)).isEqualTo(read);
    return read;
  }

  private String digits(int max) {
    StringBuilder digits = new StringBuilder();
    for (int i = random.nextInt(max + 1); i > 0; i--) {
      digits.append((char) ('0' + (random.nextInt(4) == 0 ? 0 : random.nextInt(10))));
    }
    return digits.toString();
  }

  private String sign() {
    return switch (random.nextInt(4)) {
      case 0 -> "-";
      case 1 -> "+";
      default -> "";
    };
  }

  @Test
  void readWhole_agreesWithBigInteger() {
    for (int round = 0; round < 20_000; round++) {
      BigInteger near = (random.nextBoolean() ? MAX : MIN).add(BigInteger.valueOf(round % 21 - 10));
      String text = round % 4 == 0 ? near.toString() : sign() + digits(22);
      if (text.length() > 1 || Character.isDigit(text.isEmpty() ? 'x' : text.charAt(0))) {
        BigInteger expected = new BigInteger(text);
        boolean fits = expected.bitLength() < Long.SIZE;
        assertThat(readWhole(text))
            .as("%s, seed %d", text, seed)
            .isEqualTo(fits ? Numbers.Outcome.OK : Numbers.Outcome.TOO_LARGE);
        if (fits) {
          assertThat(numbers.whole()).isEqualTo(expected.longValueExact());
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "7.0, 7",
    "-7.000, -7",
    "+0, 0",
    "007, 7",
    "-9223372036854775808.0, -9223372036854775808"
  })
  void readWhole_signsZerosAndZeroFractions_areRead(String text, long expected) {
    assertThat(readWhole(text)).isEqualTo(Numbers.Outcome.OK);
    assertThat(numbers.whole()).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "-", "+", "--1", "+-1", "1-", "1.", "1.5", "1.0.0", ".0", "1e3", "0x1", "1_000", "1,0",
        " 1", "1 ", "٣", "one", "NaN", "1L"
      })
  void readWhole_other_isMalformed(String text) {
    assertThat(readWhole(text)).isEqualTo(Numbers.Outcome.MALFORMED);
  }

  /** The JDK reads correctly rounded, by another algorithm. */
  @Test
  void readReal_isTheNearestDouble() {
    for (int round = 0; round < 20_000; round++) {
      String text =
          switch (round % 4) {
            case 0 -> Double.toString(Double.longBitsToDouble(random.nextLong()));
            case 1 -> sign() + random.nextInt(1000) + "." + digits(6);
            case 2 -> sign() + digits(25) + "1." + digits(25);
            default -> sign() + digits(20) + "5." + digits(20) + "e" + (random.nextInt(700) - 350);
          };
      boolean special = text.contains("N") || text.contains("I");
      double expected = special ? Double.valueOf(text) : new BigDecimal(text).doubleValue();
      assertThat(readReal(text)).as("%s, seed %d", text, seed).isTrue();
      if (expected == 0 && text.startsWith("-")) {
        // BigDecimal has no negative zero.
        expected = -0.0;
      }
      assertThat(Double.doubleToLongBits(numbers.real()))
          .as("%s, seed %d", text, seed)
          .isEqualTo(Double.doubleToLongBits(expected));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "9007199254740993, 9007199254740992",
    "9007199254740992.5, 9007199254740992",
    "0.000000000000000001, 1e-18",
    "1e23, 1e23",
    "8.5e-324, 1e-323",
    "2.4703282292062327e-324, 0",
    "1.7976931348623157e308, 1.7976931348623157e308",
    "1e309, Infinity",
    "-1e309, -Infinity",
    ".5, 0.5",
    "5., 5",
    "-0, -0",
    "0e0, 0",
    "1E+2, 100",
    "nan, NaN",
    "NaN, NaN",
    "-nan, NaN",
    "inf, Infinity",
    "+INF, Infinity",
    "-Infinity, -Infinity"
  })
  void readReal_hardCases(String text, String expected) {
    assertThat(readReal(text)).isTrue();
    assertThat(Double.doubleToLongBits(numbers.real()))
        .isEqualTo(Double.doubleToLongBits(Double.parseDouble(expected)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "-", ".", "-.", "e5", "1e", "1e+", "1e5.0", "1.2.3", "1d", "1f", "0x1p3", "1,5", " 1",
        "1 ", "--1", "1-", "infinit", "in", "nano", "1e5e5", "٣", "\u0000"
      })
  void readReal_other_isMalformed(String text) {
    assertThat(readReal(text)).isFalse();
  }

  /** Groups are written by the JDK; without them the numbers are the same. */
  @Test
  void thousands_areTheNumbersWithoutThem() {
    long seed = Seeds.next();
    Random random = new Random(seed);
    Numbers grouped = new Numbers('.', ',');
    for (int round = 0; round < Seeds.repetitions(5000, 500_000); round++) {
      long number = random.nextLong() >> random.nextInt(64);
      String text = String.format(Locale.ROOT, "%,d", number);
      byte[] whole = text.getBytes(StandardCharsets.US_ASCII);
      assertThat(grouped.readWhole(whole, 0, whole.length)).isEqualTo(Numbers.Outcome.OK);
      assertThat(grouped.whole()).as("seed %d", seed).isEqualTo(number);
      assertThat(grouped.isInteger(whole, 0, whole.length)).isTrue();
      String fraction = "." + random.nextInt(1_000_000);
      byte[] real = (text + fraction).getBytes(StandardCharsets.US_ASCII);
      assertThat(grouped.isReal(real, 0, real.length)).isTrue();
      assertThat(grouped.readReal(real, 0, real.length)).isTrue();
      assertThat(grouped.real())
          .as("seed %d", seed)
          .isEqualTo(Double.parseDouble(number + fraction));
    }
  }
}
