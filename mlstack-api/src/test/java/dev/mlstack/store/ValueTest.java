package dev.mlstack.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.mlstack.compute.Seeds;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValueTest {

  private static final int NUMBERS = Seeds.repetitions(30_000, 5_000_000);

  @Test
  void canonicalJson_ofADocument_isFrozen() {
    Value.Doc doc =
        Value.doc()
            .put("z", Value.of(List.of(Value.of(1), Value.of(-0.5), new Value.Null())))
            .put("a", "quote \" backslash \\ slash / tab \t é 😀 \u0001 \u007f \u2028")
            .put("B", true)
            .put("é", Long.MIN_VALUE)
            .put("", Value.Doc.EMPTY)
            .put("😀", Value.of(List.of()))
            .put("\uffee", Value.ofReals(Double.NaN, Double.NEGATIVE_INFINITY, -0.0))
            .put("aa", Value.ofTexts(List.of("\b\f\n\r", "")))
            .put("w", Value.ofWholes(List.of(7, 8L)))
            .build();
    // Names are sorted by UTF-16 units: the emoji, a surrogate pair, comes before U+FFEE.
    assertThat(doc.canonicalJson())
        .isEqualTo(
            "{\"\":{},\"B\":true,"
                + "\"a\":\"quote \\\" backslash \\\\ slash / tab \\t é 😀 \\u0001 \u007f \u2028\","
                + "\"aa\":[\"\\b\\f\\n\\r\",\"\"],\"w\":[7,8],\"z\":[1,-0.5,null],"
                + "\"é\":-9223372036854775808,\"😀\":[],"
                + "\"\uffee\":[\"NaN\",\"-Infinity\",-0.0]}");
  }

  @ParameterizedTest
  @CsvSource({
    "0.0, 0.0",
    "-0.0, -0.0",
    "1.0, 1.0",
    "-1.0, -1.0",
    "0.1, 0.1",
    "100.0, 100.0",
    "1234567.0, 1234567.0",
    "12345678.0, 1.2345678E7",
    "1e10, 1.0E10",
    "-1.5e10, -1.5E10",
    "0.0001, 0.0001",
    "0.00012345, 0.00012345",
    "0.00001, 1.0E-5",
    "1e23, 1.0E23",
    "2e23, 2.0E23",
    "9007199254740993, 9.007199254740992E15",
    "9007199254740991, 9.007199254740991E15",
    "0.30000000000000004, 0.30000000000000004",
    "3.141592653589793, 3.141592653589793",
    "1.7976931348623157E308, 1.7976931348623157E308",
    "2.2250738585072014E-308, 2.2250738585072014E-308",
    "4.9E-324, 4.94065645841247E-324",
    "NaN, \"NaN\"",
    "Infinity, \"Infinity\"",
    "-Infinity, \"-Infinity\"",
  })
  void canonicalJson_ofReals_isFrozen(double number, String text) {
    assertThat(Value.of(number).canonicalJson()).isEqualTo(text);
  }

  /** Ways to draw a double. */
  private enum Numbers {
    ANY_BITS(random -> Double.longBitsToDouble(random.nextLong())),
    SUBNORMAL(random -> Double.longBitsToDouble(random.nextLong() >>> 12)),
    FEW_DECIMALS(random -> random.nextInt() / Math.pow(10, random.nextInt(12))),
    FLOATS(random -> (double) Float.intBitsToFloat(random.nextInt())),
    NEAR_POWERS_OF_TWO(
        random ->
            Math.scalb(1.0, random.nextInt(-1074, 1024)) * (1 + random.nextInt(-1, 2) * 0x1p-52)),
    UNIFORM(SplittableRandom::nextDouble);

    @SuppressWarnings("ImmutableEnumChecker") // Lambdas without state.
    final Function<SplittableRandom, Double> draw;

    Numbers(Function<SplittableRandom, Double> draw) {
      this.draw = draw;
    }
  }

  @ParameterizedTest
  @EnumSource
  void canonicalJson_ofReals_hasTheFewestDigitsThatReadBack(Numbers numbers) {
    long seed = Seeds.next();
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < NUMBERS / 6; i++) {
      double number = numbers.draw.apply(random);
      if (Double.isFinite(number)) {
        String text = Value.of(number).canonicalJson();
        assertThat(Double.parseDouble(text)).as("seed %s", seed).isEqualTo(number);
        int digits = significantDigits(text);
        assertThat(digits).as("%s, seed %s", text, seed).isLessThanOrEqualTo(17);
        if (digits > 15) {
          assertThat(rounded(number, digits - 1)).as("seed %s", seed).isNotEqualTo(number);
        }
      }
    }
  }

  private static int significantDigits(String text) {
    return new BigDecimal(text).stripTrailingZeros().precision();
  }

  private static double rounded(double number, int digits) {
    return Double.parseDouble(
        new BigDecimal(number).round(new MathContext(digits, RoundingMode.HALF_EVEN)).toString());
  }

  @Test
  void canonicalJson_ofEveryPowerOfTen_hasOneDigit() {
    for (int exponent = -307; exponent <= 308; exponent++) {
      double number = Double.parseDouble("1e" + exponent);
      assertThat(significantDigits(Value.of(number).canonicalJson())).isEqualTo(1);
    }
  }

  @Test
  void canonicalJson_ofManyReals_isFrozen() {
    SplittableRandom random = new SplittableRandom(11);
    Digest.Hasher hasher = new Digest.Hasher();
    for (int i = 0; i < 5_000; i++) {
      for (Numbers numbers : Numbers.values()) {
        if (numbers != Numbers.FEW_DECIMALS) {
          String text = Value.of(numbers.draw.apply(random)).canonicalJson();
          hasher.update(text.getBytes(StandardCharsets.UTF_8));
        }
      }
    }
    assertThat(hasher.digest().hex())
        .isEqualTo("d71b830206c8d0b33ef86ad3c2a37181283fb8dd6a4d4fe9e39edd50de0dddbb");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\ud800", "a\udc00", "\ud83d\ud83d\ude00", "\ude00\ud83d"})
  void halfASurrogatePair_isRefusedAsTextAndAsName(String text) {
    SortedMap<String, Value> members = new TreeMap<>();
    members.put(text, Value.of(1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Value.of(text))
        .withMessageContaining("half a surrogate pair at index");
    assertThatIllegalArgumentException().isThrownBy(() -> Value.doc().put(text, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new Value.Doc(members));
  }

  @Test
  void doc_fromAMapInAnotherOrder_isSortedByName() {
    SortedMap<String, Value> members = new TreeMap<>(Comparator.reverseOrder());
    members.put("a", Value.of(1));
    members.put("b", Value.of(2));
    Value.Doc doc = new Value.Doc(members);
    assertThat(doc.canonicalJson()).isEqualTo("{\"a\":1,\"b\":2}");
    assertThat(doc).isEqualTo(Value.doc().put("b", 2).put("a", 1).build());
    members.put("c", Value.of(3));
    assertThat(doc.has("c")).isFalse();
  }

  @Test
  void put_ofAMemberTwice_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Value.doc().put("a", 1).put("a", 1))
        .withMessage("the document has a member 'a' already");
  }

  @Test
  void get_ofAMissingMember_namesThoseThereAre() {
    Value.Doc doc = Value.doc().put("a", 1).put("b", 2).build();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> doc.get("c"))
        .withMessage("the document has no member 'c', only [a, b]");
  }

  @Test
  void access_asAnotherKind_saysWhatThereIs() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Value.of(1.5).asWhole())
        .withMessage("a whole number was expected but was 1.5");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Value.of("x").asReal())
        .withMessage("a number was expected but was \"x\"");
    assertThatIllegalArgumentException().isThrownBy(() -> Value.of(1).asText());
    assertThatIllegalArgumentException().isThrownBy(() -> Value.of(1).asFlag());
    assertThatIllegalArgumentException().isThrownBy(() -> Value.of(1).asItems());
    assertThatIllegalArgumentException().isThrownBy(() -> Value.of(true).asDoc());
  }

  @Test
  void messages_aboutLargeValues_stayShort() {
    Value large = Value.of("x".repeat(1_000_000));
    assertThatIllegalArgumentException()
        .isThrownBy(large::asWhole)
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(200));
    assertThatIllegalArgumentException()
        .isThrownBy(large::asReal)
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(200));
  }

  @Test
  void asReal_readsWholesAndNames() {
    assertThat(Value.of(3).asReal()).isEqualTo(3.0);
    assertThat(Value.of("NaN").asReal()).isNaN();
    assertThat(Value.of("Infinity").asReal()).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(Value.of("-Infinity").asReal()).isEqualTo(Double.NEGATIVE_INFINITY);
  }
}
