package dev.mlstack.core.feature;

import dev.mlstack.store.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which pieces a text is cut into: runs of words or of characters. Letters are taken as small ones.
 *
 * <p>Words are the longest runs of characters of words ({@link Words}); several in a row are joined
 * by a space. Characters are those of the text with each run of others as one space, and a space
 * before and after; a character beyond 16 bits is one.
 *
 * @param by what is counted
 * @param least how many make the shortest piece, 1 or more
 * @param most how many make the longest piece, at least {@code least}, at most {@value #MOST}
 */
public record Grams(By by, int least, int most) {

  /** The largest number of words or characters in a piece: 16. */
  public static final int MOST = 16;

  /** What is counted. */
  public enum By {
    /** Words. */
    WORD,
    /** Characters. */
    CHARACTER
  }

  /** Takes the pieces of a text. What else it needs is handed through, so nothing is allocated. */
  interface Taker {
    /**
     * Takes a piece.
     *
     * @param start where it begins, for {@link Spelling}
     * @param hash the hash of its units, mixed
     */
    void take(String text, int start, long hash, float[] to, int at, @Nullable Places touched);
  }

  /** Checks the lengths. */
  public Grams {
    if (least < 1 || most < least || most > MOST) {
      throw new IllegalArgumentException(
          "least and most must be from 1 to " + MOST + ", but were " + least + " and " + most);
    }
  }

  static Grams load(Value.Doc parameters) {
    return new Grams(
        By.valueOf(parameters.text("by")),
        Math.toIntExact(parameters.whole("least")),
        Math.toIntExact(parameters.whole("most")));
  }

  /** Starts the document of a step that cuts texts so. */
  public Value.Doc.Builder describe() {
    return Value.doc().put("by", by.name()).put("least", least).put("most", most);
  }

  /** Returns pieces of so many words. */
  public static Grams words(int least, int most) {
    return new Grams(By.WORD, least, most);
  }

  /** Returns pieces of so many characters. */
  public static Grams characters(int least, int most) {
    return new Grams(By.CHARACTER, least, most);
  }

  /** Hands over all pieces of a text. */
  void forEach(String text, Taker taker, float[] to, int at, @Nullable Places touched) {
    int start = by == By.WORD ? Spelling.word(text, 0) : Spelling.start(text);
    while (start != Spelling.END) {
      long hash = TextHash.START;
      int place = start;
      for (int size = 1; size <= most && place != Spelling.END; size++) {
        if (by == By.WORD) {
          hash = size == 1 ? hash : TextHash.add(hash, ' ');
          int end = Spelling.endOfWord(text, place);
          for (int i = place; i < end; i++) {
            hash = TextHash.add(hash, Words.small(text.charAt(i)));
          }
          place = Spelling.word(text, end);
        } else {
          int next = Spelling.nextCharacter(text, place);
          for (int i = place; i != next; i = Spelling.next(text, i)) {
            hash = TextHash.add(hash, Spelling.unit(text, i));
          }
          place = next;
        }
        if (size >= least) {
          taker.take(text, start, TextHash.mix(hash), to, at, touched);
        }
      }
      start =
          by == By.WORD
              ? Spelling.word(text, Spelling.endOfWord(text, start))
              : Spelling.nextCharacter(text, start);
    }
  }

  /** Returns all pieces of a text, in the order in which they begin. */
  public List<String> of(String text) {
    List<String> pieces = new ArrayList<>();
    String spelled = Spelling.of(text);
    if (spelled.isEmpty()) {
      return pieces;
    }
    if (by == By.WORD) {
      String[] words = spelled.substring(1, spelled.length() - 1).split(" ");
      for (int start = 0; start < words.length; start++) {
        for (int size = least; size <= most && start + size <= words.length; size++) {
          pieces.add(String.join(" ", Arrays.asList(words).subList(start, start + size)));
        }
      }
      return pieces;
    }
    int[] characters = spelled.codePoints().toArray();
    for (int start = 0; start < characters.length; start++) {
      for (int size = least; size <= most && start + size <= characters.length; size++) {
        pieces.add(new String(characters, start, size));
      }
    }
    return pieces;
  }
}
