package dev.mlstack.data.transform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlstack.feature.ValueBlock;
import dev.mlstack.table.Utf8Block;
import dev.mlstack.testkit.Seeds;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TextCountsTest {

  private static final List<String> VALUES =
      IntStream.range(0, 60)
          .mapToObj(i -> "x".repeat(i % 20) + "\uE000\u00E9\uD83D\uDE00" + i)
          .toList();

  /** Returns the same texts in one of the forms that blocks have. */
  private static ValueBlock block(int[] codes, int form) {
    return switch (form) {
      case 0 -> new ValueBlock.Codes(codes, VALUES, codes.length);
      case 1 -> new ValueBlock.Codes(codes, List.copyOf(VALUES.subList(0, 60)), codes.length);
      case 2 -> texts(codes);
      default -> utf8(codes);
    };
  }

  private static @Nullable String text(int code) {
    return code < 0 ? null : VALUES.get(code);
  }

  private static ValueBlock texts(int[] codes) {
    @Nullable String[] texts = new String[codes.length + 1];
    for (int i = 0; i < codes.length; i++) {
      texts[i] = text(codes[i]);
    }
    return new ValueBlock.Texts(texts, codes.length);
  }

  private static ValueBlock utf8(int[] codes) {
    Utf8Block texts = new Utf8Block();
    boolean[] missing = new boolean[codes.length];
    for (int i = 0; i < codes.length; i++) {
      String text = text(codes[i]);
      texts.append(text == null ? "" : text);
      missing[i] = text == null;
    }
    return new ValueBlock.Utf8(texts, missing);
  }

  @Test
  void blocksOfAllForms_countAsAMapOfStringsDoes() {
    long seed = Seeds.next();
    Random random = new Random(seed);
    for (int attempt = 0; attempt < Seeds.repetitions(50, 5000); attempt++) {
      Map<String, Long> oracle = new TreeMap<>();
      TextCounts[] parts = {new TextCounts(), new TextCounts(), new TextCounts()};
      boolean missing = false;
      for (int i = random.nextInt(9); i > 0; i--) {
        int[] codes = random.ints(random.nextInt(40), -1 + random.nextInt(2), 60).toArray();
        parts[random.nextInt(3)].add(block(codes, random.nextInt(4)));
        for (int code : codes) {
          missing |= code < 0;
          if (code >= 0) {
            oracle.merge(VALUES.get(code), 1L, Long::sum);
          }
        }
      }
      TextCounts total = parts[0].merge(parts[1]).merge(parts[2]);
      String what = "seed " + seed;
      assertThat(total.anyMissing()).as(what).isEqualTo(missing);
      assertThat(total.distinct()).as(what).isEqualTo(oracle.size());
      assertThat(total.inOrder()).as(what).containsExactly(counts(oracle));
      assertThat(total.total()).isEqualTo(oracle.values().stream().mapToLong(n -> n).sum());
      int limit = 1 + random.nextInt(70);
      assertThat(total.mostFrequent(limit)).as(what).isEqualTo(mostFrequent(oracle, limit));
      assertThat(total.mostFrequent()).isEqualTo(mostFrequent(oracle, 1).stream().findFirst());
    }
  }

  private static Long[] counts(Map<String, Long> oracle) {
    return oracle.values().toArray(Long[]::new);
  }

  private static List<String> mostFrequent(Map<String, Long> oracle, int limit) {
    return oracle.entrySet().stream()
        .sorted(
            Comparator.comparingLong((Map.Entry<String, Long> entry) -> -entry.getValue())
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(limit)
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }
}
