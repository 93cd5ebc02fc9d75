package dev.mlstack.core.feature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlstack.testkit.Seeds;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Utf8IndexTest {

  /** Ends of one, two, three and four bytes, and those whose order in UTF-16 is another. */
  private static final int[] POINTS = {
    0, 'a', 'b', 0x7F, 0x80, 0x7FF, 0x800, 0xD7FF, 0xE000, 0xEFFF, 0xF000, 0xFFFF, 0x10000, 0x10FFFF
  };

  private static int add(Utf8Index index, String text) {
    byte[] bytes = ("<" + text + ">").getBytes(StandardCharsets.UTF_8);
    return index.add(bytes, 1, bytes.length - 2);
  }

  private static int find(Utf8Index index, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return index.indexOf(bytes, 0, bytes.length);
  }

  private static String draw(Random random) {
    StringBuilder text = new StringBuilder("prefix ".substring(0, random.nextInt(8)));
    int points = random.nextInt(random.nextInt(10) == 0 ? 30 : 4);
    for (int i = 0; i < points; i++) {
      text.appendCodePoint(POINTS[random.nextInt(POINTS.length)]);
    }
    return text.toString();
  }

  private static List<String> inOrder(Utf8Index index) {
    List<String> texts = new ArrayList<>();
    for (int number : index.sorted()) {
      texts.add(index.text(number));
    }
    return texts;
  }

  @Test
  void anyTexts_areNumberedFoundAndSorted_asByAMapOfStrings() {
    long seed = Seeds.next();
    Random random = new Random(seed);
    for (int attempt = 0; attempt < Seeds.repetitions(30, 3000); attempt++) {
      Map<String, Integer> oracle = new HashMap<>();
      Utf8Index index = new Utf8Index();
      for (int i = random.nextInt(3000); i > 0; i--) {
        String text = draw(random);
        int expected = oracle.computeIfAbsent(text, t -> oracle.size());
        assertThat(add(index, text)).as("seed %d, %s", seed, text).isEqualTo(expected);
      }
      assertThat(index.size()).isEqualTo(oracle.size());
      oracle.forEach((text, number) -> assertThat(find(index, text)).isEqualTo(number));
      String unknown = draw(random);
      assertThat(find(index, unknown)).isEqualTo(oracle.getOrDefault(unknown, -1));
      List<String> expected = new ArrayList<>(oracle.keySet());
      Collections.sort(expected);
      assertThat(inOrder(index)).as("seed %d", seed).isEqualTo(expected);
    }
  }

  @Test
  void textsThatAreBeginningsOfEachOther_areSortedWithoutDeepCalls() {
    Utf8Index index = new Utf8Index();
    int texts = 3000;
    for (int length = texts - 1; length >= 0; length--) {
      add(index, "x".repeat(length));
    }
    int[] sorted = index.sorted();
    for (int length = 0; length < texts; length++) {
      assertThat(sorted[length]).isEqualTo(texts - 1 - length);
    }
  }

  @Test
  void textsThatDifferInTheMiddleAlone_staySeparate() {
    Utf8Index index = new Utf8Index();
    assertThat(add(index, "12345678 a 12345678")).isZero();
    assertThat(add(index, "12345678 b 12345678")).isEqualTo(1);
    assertThat(add(index, "12345678 a 12345678")).isZero();
    assertThat(find(index, "12345678 c 12345678")).isEqualTo(-1);
  }

  @Test
  void aTextOfZeros_isNotAFreePlace() {
    Utf8Index index = new Utf8Index();
    assertThat(find(index, "")).isEqualTo(-1);
    assertThat(find(index, "\0")).isEqualTo(-1);
    assertThat(add(index, "\0\0")).isZero();
    assertThat(add(index, "")).isEqualTo(1);
    assertThat(find(index, "\0")).isEqualTo(-1);
    assertThat(find(index, "")).isEqualTo(1);
  }

  @Test
  void numbersOfAnotherIndex_areAddedByTheirTexts() {
    Utf8Index one = new Utf8Index();
    Utf8Index other = new Utf8Index();
    add(one, "a");
    add(other, "b");
    add(other, "a");
    assertThat(one.add(other, 0)).isEqualTo(1);
    assertThat(one.add(other, 1)).isZero();
    assertThat(one.text(1)).isEqualTo("b");
  }
}
