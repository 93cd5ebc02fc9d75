package dev.mlstack.core.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.mlstack.store.Digest;
import dev.mlstack.store.MalformedObjectException;
import dev.mlstack.store.ObjectKind;
import dev.mlstack.store.StoredObject;
import dev.mlstack.store.Value;
import dev.mlstack.store.VersionedName;
import dev.mlstack.testkit.Seeds;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

  private static final int REPETITIONS = Seeds.repetitions(3000, 100_000);
  private static final VersionedName TYPE = new VersionedName("note", 1);

  @Test
  void parse_ofEveryKindOfValue() {
    Value.Doc doc =
        Json.parse(
                """
                { "text": "a\\"\\u00e9\\ud83d\\ude00", "whole": -12, "real": 1.5, "flag": true,
                  "nothing": null, "items": [1, [], {}], "doc": {"b": 2, "a": 1} }
                """)
            .asDoc();
    assertThat(doc.text("text")).isEqualTo("a\"é😀");
    assertThat(doc.whole("whole")).isEqualTo(-12);
    assertThat(doc.real("real")).isEqualTo(1.5);
    assertThat(doc.flag("flag")).isTrue();
    assertThat(doc.get("nothing")).isEqualTo(new Value.Null());
    assertThat(doc.items("items"))
        .containsExactly(Value.of(1), Value.of(List.of()), Value.Doc.EMPTY);
    assertThat(doc.doc("doc").canonicalJson()).isEqualTo("{\"a\":1,\"b\":2}");
  }

  @ParameterizedTest
  @CsvSource({
    "9223372036854775807, 9223372036854775807",
    "-9223372036854775808, -9223372036854775808",
    "9223372036854775808, 9.223372036854776E18",
    "1e2, 100.0",
    "1.0, 1.0",
    "-0, 0",
    "-0.0, -0.0",
    "1E-400, 0.0",
    "0.1000000000000000055511151231257827021181583404541015625, 0.1",
  })
  void parse_ofNumbers_isWholeOrReal(String text, String canonical) {
    assertThat(Json.parse(text).canonicalJson()).isEqualTo(canonical);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "[",
        "[1,",
        "[1 2]",
        "[1,]",
        "{",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1",
        "{a:1}",
        "{'a':1}",
        "{\"a\":1,\"a\":2}",
        "]",
        "}",
        "\"abc",
        "\"a\nb\"",
        "\"\\x\"",
        "\"\\u12\"",
        "\"\\ud800\"",
        "\"\\udc00\\ud800\"",
        "{\"\\ud800\":1}",
        "nul",
        "nullx",
        "True",
        "NaN",
        "Infinity",
        "+1",
        "01",
        "1.",
        ".5",
        "1e",
        "0x10",
        "1e400",
        "-1e400",
        "1 2",
        "{} []",
        "/* a */ 1",
        "1 // a",
      })
  void parse_ofSomethingElse_isRefused(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Json.parse(text))
        .satisfies(e -> assertThat(e.getMessage()).isNotBlank());
  }

  @Test
  void parse_ofAnInfiniteNumber_saysWhere() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Json.parse("[1, 2e999]"))
        .withMessageContaining("beyond the range of doubles")
        .withMessageContaining("column: 5");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{\"a\":", "[{\"a\":"})
  void parse_ofDeepNesting_isRefused(String opening) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Json.parse(opening.repeat(100_000)))
        .withMessageContaining("depth");
  }

  @Test
  void parse_asDeepAsAllowed_works() {
    String text = "[".repeat(Json.MAX_DEPTH) + "]".repeat(Json.MAX_DEPTH);
    assertThat(Json.parse(text).canonicalJson()).isEqualTo(text);
    assertThatIllegalArgumentException().isThrownBy(() -> Json.parse("[" + text + "]"));
  }

  @Test
  void parse_ofLongTextsAndNames_works() {
    String longText = "é".repeat(21_000_000);
    assertThat(Json.parse(Value.of(longText).canonicalJson()).asText()).isEqualTo(longText);
    Value.Doc doc = Value.doc().put(longText.substring(0, 1_000_000), 1).build();
    assertThat(Json.parse(doc.canonicalJson())).isEqualTo(doc);
  }

  @Test
  void parse_ofCanonicalText_givesTheValueBack() {
    long seed = Seeds.next();
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < REPETITIONS; i++) {
      Value value = randomValue(random, 4);
      String text = value.canonicalJson();
      Value parsed = Json.parse(text);
      assertThat(parsed).as("seed %s", seed).isEqualTo(value);
      assertThat(parsed.canonicalJson()).as("seed %s", seed).isEqualTo(text);
      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
      assertThat(new String(utf8, StandardCharsets.UTF_8)).as("seed %s", seed).isEqualTo(text);
    }
  }

  @Test
  void canonicalTexts_ofRandomValues_areFrozen() {
    SplittableRandom random = new SplittableRandom(7);
    Digest.Hasher hasher = new Digest.Hasher();
    for (int i = 0; i < 2000; i++) {
      hasher.update(randomValue(random, 4).canonicalJson().getBytes(StandardCharsets.UTF_8));
    }
    assertThat(hasher.digest().hex())
        .isEqualTo("7ab814da3603085496cf73c57b645fbefb1f16dd8bb42be267c153ed706b66c7");
  }

  @Test
  void parse_ofDamagedText_givesAValueOrIllegalArgument() {
    long seed = Seeds.next();
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < REPETITIONS; i++) {
      StringBuilder text = new StringBuilder(randomValue(random, 3).canonicalJson());
      for (int damage = random.nextInt(1, 4); damage > 0; damage--) {
        damage(text, random);
      }
      try {
        assertThat(Json.parse(text.toString())).isNotNull();
      } catch (IllegalArgumentException e) {
        assertThat(e.getMessage()).as("seed %s", seed).isNotBlank();
      }
    }
  }

  private static void damage(StringBuilder text, SplittableRandom random) {
    String marks = "{}[]\",:\\0123456789eE+-.tfn \u0000\ud800\udfff";
    char mark = marks.charAt(random.nextInt(marks.length()));
    int at = random.nextInt(text.length() + 1);
    if (at == text.length() || random.nextBoolean()) {
      text.insert(at, mark);
    } else if (random.nextBoolean()) {
      text.setCharAt(at, mark);
    } else {
      text.setLength(at);
    }
  }

  private static Value randomValue(SplittableRandom random, int depth) {
    return switch (random.nextInt(depth > 0 ? 8 : 6)) {
      case 0 -> Value.of(randomText(random));
      case 1 -> Value.of(random.nextLong() >> random.nextInt(64));
      case 2 -> Value.of(randomReal(random));
      case 3 -> Value.of(random.nextDouble(-1000, 1000));
      case 4 -> Value.of(random.nextBoolean());
      case 5 -> new Value.Null();
      case 6 -> randomItems(random, depth - 1);
      default -> randomDoc(random, depth - 1);
    };
  }

  private static double randomReal(SplittableRandom random) {
    double real = Double.longBitsToDouble(random.nextLong());
    // What JSON cannot write as a number comes back as a text.
    return Double.isFinite(real) ? real : -0.0;
  }

  private static Value randomItems(SplittableRandom random, int depth) {
    List<Value> items = new ArrayList<>();
    for (int i = random.nextInt(6); i > 0; i--) {
      items.add(randomValue(random, depth));
    }
    return Value.of(items);
  }

  private static Value randomDoc(SplittableRandom random, int depth) {
    Value.Doc.Builder doc = Value.doc();
    for (int i = random.nextInt(6); i > 0; i--) {
      doc.put(i + randomText(random), randomValue(random, depth));
    }
    return doc.build();
  }

  private static String randomText(SplittableRandom random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(8); i > 0; i--) {
      int limit = random.nextBoolean() ? 0x80 : Character.MAX_CODE_POINT + 1;
      int codePoint = random.nextInt(limit);
      boolean half = codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
      text.appendCodePoint(half ? '?' : codePoint);
    }
    return text.toString();
  }

  @Test
  void payload_ofADocument_isRead() {
    Value.Doc doc = Value.doc().put("a", 1).build();
    StoredObject object = StoredObject.of(ObjectKind.CONTENT, TYPE, List.of(), doc);
    assertThat(Json.payload(object)).isEqualTo(doc);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[1]", "{\"a\":", "\u0000\u0001"})
  void payload_ofSomethingElse_isMalformedAndNamed(String payload) {
    StoredObject object =
        StoredObject.of(
            ObjectKind.CONTENT, TYPE, List.of(), payload.getBytes(StandardCharsets.UTF_8));
    assertThatExceptionOfType(MalformedObjectException.class)
        .isThrownBy(() -> Json.payload(object))
        .withMessageContaining(object.digest().hex())
        .withMessageContaining("note/1");
  }
}
