package dev.mlstack.core.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GramsTest {

  @Test
  void words_areRunsOfLettersAndDigits() {
    assertThat(Grams.words(1, 1).of("The cat, it_1 sat!  (ÉTÉ)"))
        .containsExactly("the", "cat", "it_1", "sat", "\u00e9t\u00e9");
    assertThat(Grams.words(1, 2).of("A b c")).containsExactly("a", "a b", "b", "b c", "c");
    assertThat(Grams.words(2, 3).of("one")).isEmpty();
    assertThat(Grams.words(1, 1).of(" -- ")).isEmpty();
    assertThat(Grams.words(1, 1).of("")).isEmpty();
  }

  @Test
  void characters_haveASpaceAround() {
    assertThat(Grams.characters(2, 2).of("Ab, c")).containsExactly(" a", "ab", "b ", " c", "c ");
    assertThat(Grams.characters(3, 3).of("\ud83d\ude00x"))
        .containsExactly(" \ud83d\ude00x", "\ud83d\ude00x ");
  }

  @Test
  void emptyPieces_areRefused() {
    assertThatThrownBy(() -> Grams.words(0, 1)).hasMessageContaining("least and most");
    assertThatThrownBy(() -> Grams.words(3, 2)).hasMessageContaining("3 and 2");
    assertThatThrownBy(() -> Grams.words(1, 17)).isInstanceOf(IllegalArgumentException.class);
  }

  /** What is walked over without copying is what the definition makes with copies. */
  @Test
  void hashesOfPieces_areThoseOfTheirTexts() {
    Random random = new Random(17);
    String letters = "aB \u00dc,\u00df1_\u0416-\u65e5\ud83d\ude00\ud800";
    for (int attempt = 0; attempt < 2000; attempt++) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(12); i > 0; i--) {
        text.append(letters.charAt(random.nextInt(letters.length())));
      }
      int least = 1 + random.nextInt(2);
      Grams grams =
          random.nextBoolean()
              ? Grams.words(least, least + random.nextInt(3))
              : Grams.characters(least, least + random.nextInt(3));
      List<Long> hashes = new ArrayList<>();
      List<String> pieces = grams.of(text.toString());
      grams.forEach(
          text.toString(),
          (of, start, hash, to, at, touched) -> {
            assertThat(Spelling.startsWith(of, start, pieces.get(hashes.size()))).isTrue();
            hashes.add(hash);
          },
          new float[0],
          0,
          null);
      assertThat(hashes)
          .as("%s of '%s'", grams, text)
          .isEqualTo(pieces.stream().map(TextHash::of).toList());
    }
  }

  /** If a version of Java sees a letter of these blocks in another way, pipelines would differ. */
  @Test
  void lettersAndCases_areTheSameForEver() {
    long hash = TextHash.START;
    for (int c = 0; c <= Character.MAX_VALUE; c++) {
      hash = TextHash.add(hash, Words.small((char) c));
      hash = TextHash.add(hash, Words.isInWord((char) c) ? 'w' : ' ');
    }
    assertThat(TextHash.mix(hash)).isEqualTo(4494719990363448339L);
  }
}
