package dev.mlstack.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class Utf8BlockTest {

  private static List<String> texts(Utf8Block block) {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < block.count(); i++) {
      texts.add(new String(block.bytes(), block.start(i), block.length(i), StandardCharsets.UTF_8));
    }
    return texts;
  }

  @Test
  void texts_ofAnyCharacters_areThoseOfTheJdk() {
    SplittableRandom random = new SplittableRandom(1);
    Utf8Block block = new Utf8Block();
    for (int round = 0; round < 20; round++) {
      block.clear();
      List<String> expected = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        StringBuilder text = new StringBuilder();
        for (int k = random.nextInt(9); k > 0; k--) {
          // Any unit: also half a pair, which becomes a question mark.
          text.append((char) random.nextInt(1 << (7 + random.nextInt(10))));
        }
        text.appendCodePoint(0x1F600);
        block.append(text.toString());
        byte[] utf8 = text.toString().getBytes(StandardCharsets.UTF_8);
        expected.add(new String(utf8, StandardCharsets.UTF_8));
      }
      assertThat(texts(block)).isEqualTo(expected);
    }
  }

  @Test
  void resize_makesRoomForOthers() {
    Utf8Block block = new Utf8Block();
    block.append("one");
    block.resize(2, 100);
    assertThat(block.count()).isEqualTo(2);
    assertThat(block.bytes().length).isGreaterThanOrEqualTo(100);
    block.clear();
    assertThat(texts(block)).isEmpty();
  }
}
