package dev.mlstack.core.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.data.Offset.offset;

import dev.mlstack.core.profile.TextProfile.Frequent;
import dev.mlstack.core.table.MemoryTable;
import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.schema.Schema;
import dev.mlstack.testkit.Seeds;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TextProfileTest {

  private static TextProfile profile(@Nullable Object... values) {
    return Profile.of(ProfileTest.table(Field.of("x", FieldType.TEXT), values)).text("x");
  }

  @Test
  void fewTexts_areCountedExactly() {
    TextProfile profile = profile("b", "a", null, "c", "b", "", "größer");
    assertThat(profile.isExact()).isTrue();
    assertThat(profile.rows()).isEqualTo(7);
    assertThat(profile.nulls()).isEqualTo(1);
    assertThat(profile.missingShare()).isEqualTo(1 / 7.0);
    assertThat(profile.distinct()).isEqualTo(5);
    assertThat(profile.empty()).isEqualTo(1);
    assertThat(profile.minLength()).isZero();
    assertThat(profile.maxLength()).isEqualTo(6);
    assertThat(profile.meanLength()).isEqualTo(10 / 6.0);
    assertThat(profile.frequent(2))
        .containsExactly(new Frequent("b", 2, 2), new Frequent("", 1, 1));
    assertThat(profile.frequent(99)).hasSize(5);
    assertThat(profile.values()).containsExactly("", "a", "b", "c", "größer");
    assertThat(profile).hasToString("x: [b, , a] of 5, 1 missing");
  }

  @Test
  void categories_areAlwaysExact() {
    List<String> values = IntStream.range(0, 2000).mapToObj(i -> "v" + i).toList();
    Field field = Field.of("x", FieldType.category(values));
    TextProfile all = Profile.of(ProfileTest.table(field, values.toArray())).text("x");
    assertThat(all.isExact()).isTrue();
    assertThat(all.distinct()).isEqualTo(2000);
    assertThat(all.merge(all).frequent(1)).containsExactly(new Frequent("v0", 2, 2));
    assertThat(all.maxLength()).isEqualTo(5);
  }

  @Test
  void frequentTexts_ofMany_areFoundWithinTheirBounds() {
    long seed = Seeds.next();
    Random random = new Random(seed);
    int rows = 40_000;
    long[] counts = new long[4];
    Object[] values = new Object[rows];
    for (int i = 0; i < rows; i++) {
      double draw = random.nextDouble();
      int heavy = draw < 0.3 ? 0 : draw < 0.5 ? 1 : draw < 0.6 ? 2 : 3;
      counts[heavy]++;
      values[i] = heavy < 3 ? "heavy " + heavy : "rare " + random.nextInt(1_000_000);
    }
    TextProfile profile = profile(values);
    assertThat(profile.isExact()).isFalse();
    List<Frequent> frequent = profile.frequent(3);
    for (int i = 0; i < 3; i++) {
      Frequent text = frequent.get(i);
      assertThat(text.text()).as("seed %s", seed).isEqualTo("heavy " + i);
      assertThat(text.atMost()).as("seed %s", seed).isGreaterThanOrEqualTo(counts[i]);
      // The rare ones put 125 rows into each bucket, give or take 11.
      assertThat((double) text.rows())
          .as("seed %s", seed)
          .isCloseTo((double) counts[i], offset(80.0));
    }
    long distinct = java.util.Arrays.stream(values).distinct().count();
    assertThat((double) profile.distinct())
        .as("seed %s", seed)
        .isCloseTo((double) distinct, offset(6 * profile.distinctError() * distinct));
    assertThatIllegalStateException().isThrownBy(profile::values);
  }

  @Test
  void differentTexts_areSaidToBeSo() {
    TextProfile unique = profile(IntStream.range(0, 20_000).mapToObj(i -> "id-" + i).toArray());
    assertThat(unique.distinctShare()).isGreaterThan(0.8);
    assertThat(unique.frequent(10)).isEmpty();
    assertThat(unique.minLength()).isEqualTo(4);
    assertThat(unique.maxLength()).isEqualTo(8);
    assertThat(unique.empty()).isZero();
  }

  @Test
  void lengths_ofManyTexts_areExact() {
    Random random = new Random(5);
    Object[] values =
        IntStream.range(0, 5000)
            .mapToObj(i -> "äö€\uD83D\uDE00x".repeat(random.nextInt(30)) + i)
            .toArray();
    values[17] = "";
    int[] lengths = IntStream.range(0, 5000).map(i -> points((String) values[i])).toArray();
    TextProfile profile = profile(values);
    assertThat(profile.minLength()).isEqualTo(IntStream.of(lengths).min().orElseThrow());
    assertThat(profile.maxLength()).isEqualTo(IntStream.of(lengths).max().orElseThrow());
    assertThat(profile.meanLength()).isEqualTo(IntStream.of(lengths).sum() / 5000.0);
    assertThat(profile.empty()).isEqualTo(1);
  }

  private static int points(String text) {
    return text.codePointCount(0, text.length());
  }

  @Test
  void longTexts_areKnownByTheirBeginning() {
    String begin = "é".repeat(40);
    TextProfile profile = profile(begin + "€".repeat(500), begin + "x".repeat(500), begin);
    assertThat(profile.distinct()).isEqualTo(3);
    assertThat(profile.maxLength()).isEqualTo(540);
    assertThat(profile.frequent(9))
        .extracting(Frequent::text)
        .filteredOn(text -> text.contains("…#"))
        .hasSize(2)
        .allMatch(text -> text.startsWith("é".repeat(32) + "…#") && text.length() == 50);
    TextProfile both = profile.merge(profile);
    assertThat(both.distinct()).isEqualTo(3);
    assertThat(both.frequent(1).get(0).rows()).isEqualTo(2);
  }

  @Test
  void privateColumns_giveNoTextAway() {
    Field field = Field.of("x", FieldType.TEXT).withTags(java.util.Set.of("pii"));
    Object[] values = {"ada", "ada", "bob"};
    Profile profile = Profile.of(ProfileTest.table(field, values));
    assertThat(profile.column("x").toValue().canonicalJson())
        .doesNotContain("ada")
        .doesNotContain("bob");
    assertThat(profile.text("x").distinct()).isEqualTo(2);
    assertThat(profile.text("x").frequent(5)).isEmpty();
    assertThat(profile.text("x").maxLength()).isEqualTo(3);
  }

  @Test
  void noText_hasNoLength() {
    TextProfile profile = profile((Object) null);
    assertThat(profile.minLength()).isZero();
    assertThat(profile.maxLength()).isZero();
    assertThat(profile.meanLength()).isNaN();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> profile.frequent(0))
        .withMessage("limit must be at least 1 but was 0");
  }

  /** Run with a small heap in the exhaustive build: what is kept does not grow with the texts. */
  @Test
  void manyDifferentTexts_takeLittleMemory() {
    int rows = Seeds.repetitions(50_000, 10_000_000);
    Schema schema = Schema.of(Field.of("x", FieldType.TEXT));
    ProfileAccumulator accumulator = Profile.accumulator(schema);
    for (int from = 0; from < rows; from += 10_000) {
      MemoryTable.Builder table = MemoryTable.builder(schema);
      for (int i = from; i < from + 10_000; i++) {
        table.add(i, "a text of some length, number " + i);
      }
      accumulator.add(table.build());
    }
    TextProfile profile = accumulator.snapshot().text("x");
    assertThat((double) profile.distinct()).isCloseTo((double) rows, offset(0.2 * rows));
    assertThat(profile.toValue().canonicalJson().length()).isLessThan(30_000);
  }
}
