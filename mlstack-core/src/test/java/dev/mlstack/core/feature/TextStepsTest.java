package dev.mlstack.core.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TextStepsTest {

  @Test
  void ordinal_hasCodesForUnknownAndMissingTexts() {
    Ordinal ordinal = new Ordinal(List.of("a", "b"));
    assertThat(ordinal.cardinality()).isEqualTo(4);
    assertThat(List.of(ordinal.apply("a"), ordinal.apply("b"))).containsExactly(0, 1);
    assertThat(ordinal.apply("c")).isEqualTo(2);
    assertThat(ordinal.apply(null)).isEqualTo(3);
    assertThatThrownBy(() -> new Ordinal(List.of("b", "a")))
        .hasMessage("categories must ascend but 'a' follows 'b'");
  }

  @Test
  void dictionary_findsEveryTextAndNoOther() {
    List<String> texts =
        List.copyOf(
            IntStream.range(0, 20_000)
                .mapToObj(i -> Integer.toString(i * 7919, 36))
                .collect(Collectors.toCollection(TreeSet::new)));
    Dictionary dictionary = new Dictionary("texts", texts);
    for (int i = 0; i < texts.size(); i++) {
      assertThat(dictionary.indexOf(new String(texts.get(i)))).isEqualTo(i);
      assertThat(dictionary.indexOf(texts.get(i) + "!")).isEqualTo(-1);
    }
    // Texts whose hash codes are equal.
    Dictionary equal = new Dictionary("texts", List.of("AaAa", "AaBB", "BBAa"));
    assertThat(equal.indexOf("BBBB")).isEqualTo(-1);
    assertThat(equal.indexOf("AaBB")).isEqualTo(1);
    assertThat(new Dictionary("texts", List.of()).indexOf("")).isEqualTo(-1);
  }

  @Test
  void frequency_ofUnknownTexts_isZero() {
    Frequency frequency = new Frequency(List.of("a", "b"), 0.75, 0.25);
    assertThat(frequency.apply("b")).isEqualTo(0.25);
    assertThat(frequency.apply("c")).isZero();
    assertThat(frequency.apply(null)).isNaN();
    assertThatThrownBy(() -> new Frequency(List.of("a"), 1, 2))
        .hasMessage("shares must be 1 numbers but were 2");
  }

  /** Computed in Python from the documentation alone, with whole numbers modulo 2^64. */
  @Test
  void hashes_areTheSameForEver() {
    assertThat(TextHash.of("")).isEqualTo(HASHES[0]);
    assertThat(TextHash.of("a")).isEqualTo(HASHES[1]);
    assertThat(TextHash.of("mobile")).isEqualTo(HASHES[2]);
    assertThat(TextHash.of("\u65e5\u672c\ud83d\ude00")).isEqualTo(HASHES[3]);
    assertThat(TextHash.bucket(-1, 10)).isEqualTo(9);
    assertThat(TextHash.bucket(0, 10)).isZero();
  }

  @Test
  void buckets_areEvenlyFilled() {
    int[] counts = new int[64];
    int sum = 0;
    for (int i = 0; i < 64_000; i++) {
      long hash = TextHash.of("SKU-" + i);
      counts[TextHash.bucket(hash, 64)]++;
      sum += TextHash.sign(hash);
    }
    // A thousand each, give or take five standard deviations.
    assertThat(Arrays.stream(counts)).allMatch(count -> Math.abs(count - 1000) < 160);
    assertThat(Math.abs(sum)).isLessThan(1300);
  }

  @Test
  void hashVector_setsOneBucket() {
    float[] to = new float[12];
    new HashVector(10, true).apply("x", to, 1);
    long hash = TextHash.of("x");
    int at = 1 + TextHash.bucket(hash, 10);
    for (int i = 0; i < to.length; i++) {
      assertThat(to[i]).isEqualTo(i == at ? TextHash.sign(hash) : 0);
    }
    assertThat(new HashCode(10).apply(null)).isEqualTo(10);
    assertThatThrownBy(() -> new HashCode(0)).hasMessageContaining("buckets must be from 1 to");
  }

  private static final long[] HASHES = {
    0xf52a15e9a9b5e89bL, 0x4035277e0fb8c497L, 0xd8dfe98baf7e9babL, 0x19efe70a47d58763L
  };
}
