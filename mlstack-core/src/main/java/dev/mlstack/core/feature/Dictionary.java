package dev.mlstack.core.feature;

import dev.mlstack.table.Utf8Block;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Texts in ascending order, and where each stands: a hash table with linear probing, at most half
 * full, that needs no object for an entry; and another by their UTF-8 bytes, which is made when it
 * is first asked, as records are not looked up in it. Immutable.
 */
final class Dictionary {

  private final List<String> texts;
  private final @Nullable String[] slots;
  private final int[] indexes;

  /** The texts by their bytes, numbered by their places; made at most once for each thread. */
  private volatile @Nullable Utf8Index utf8;

  /**
   * Creates a dictionary.
   *
   * @param name what the texts are, for messages
   * @param texts in ascending order, as {@link String#compareTo} orders them, without repetition
   */
  Dictionary(String name, List<String> texts) {
    this.texts = List.copyOf(texts);
    int capacity = Integer.highestOneBit(Math.max(1, this.texts.size())) * 4;
    this.slots = new String[capacity];
    this.indexes = new int[capacity];
    for (int i = 0; i < this.texts.size(); i++) {
      String text = this.texts.get(i);
      if (i > 0 && text.compareTo(this.texts.get(i - 1)) <= 0) {
        throw new IllegalArgumentException(
            name + " must ascend but '" + text + "' follows '" + this.texts.get(i - 1) + "'");
      }
      int place = place(text);
      slots[place] = text;
      indexes[place] = i;
    }
  }

  /** Returns where a text is, or where it would be. */
  private int place(String text) {
    int mask = slots.length - 1;
    int hash = text.hashCode() * 0x9E3779B1;
    int place = (hash ^ hash >>> 15) & mask;
    for (String there = slots[place]; there != null; there = slots[place]) {
      if (there.equals(text)) {
        return place;
      }
      place = (place + 1) & mask;
    }
    return place;
  }

  /** Returns the index of a text, or -1 if it is not here. */
  int indexOf(String text) {
    int place = place(text);
    return slots[place] == null ? -1 : indexes[place];
  }

  /**
   * Finds the indexes of many texts.
   *
   * @param to takes the indexes; -1 for a text that is not here
   */
  void find(Utf8Block block, int[] to) {
    Utf8Index known = utf8;
    if (known == null) {
      known = new Utf8Index();
      for (String each : texts) {
        byte[] bytes = each.getBytes(StandardCharsets.UTF_8);
        known.add(bytes, 0, bytes.length);
      }
      utf8 = known;
    }
    known.find(block, to);
  }

  List<String> texts() {
    return texts;
  }

  int size() {
    return texts.size();
  }
}
