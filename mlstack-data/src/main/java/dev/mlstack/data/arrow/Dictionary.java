package dev.mlstack.data.arrow;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The distinct texts of a column that is being built, sorted by their UTF-8 bytes, and for each row
 * which of them it has.
 */
final class Dictionary {

  private final int[] rowOfWord;
  private final int[] codes;
  private final int present;
  private final long wordBytes;

  private Dictionary(int[] rowOfWord, int[] codes, int present, long wordBytes) {
    this.rowOfWord = rowOfWord;
    this.codes = codes;
    this.present = present;
    this.wordBytes = wordBytes;
  }

  static Dictionary of(TextColumnBuilder column) {
    int rows = column.row();
    int[] slots = new int[Integer.highestOneBit(Math.max(rows, 8)) * 4];
    Arrays.fill(slots, -1);
    int[] found = new int[rows];
    int[] firstRows = new int[rows];
    int words = 0;
    int present = 0;
    long wordBytes = 0;
    for (int row = 0; row < rows; row++) {
      if (column.isNull(row)) {
        found[row] = -1;
        continue;
      }
      present++;
      int slot = column.hash(row) & (slots.length - 1);
      while (slots[slot] >= 0 && !column.equal(row, firstRows[slots[slot]])) {
        slot = (slot + 1) & (slots.length - 1);
      }
      if (slots[slot] < 0) {
        firstRows[words] = row;
        wordBytes += column.length(row);
        slots[slot] = words++;
      }
      found[row] = slots[slot];
    }
    return sorted(column, Arrays.copyOf(firstRows, words), found, present, wordBytes);
  }

  private static Dictionary sorted(
      TextColumnBuilder column, int[] firstRows, int[] found, int present, long wordBytes) {
    int[] order =
        IntStream.range(0, firstRows.length)
            .boxed()
            .sorted(Comparator.comparing(word -> firstRows[word], column::compare))
            .mapToInt(Integer::intValue)
            .toArray();
    int[] rank = new int[order.length];
    int[] rowOfWord = new int[order.length];
    for (int i = 0; i < order.length; i++) {
      rank[order[i]] = i;
      rowOfWord[i] = firstRows[order[i]];
    }
    int[] codes = found;
    for (int row = 0; row < codes.length; row++) {
      codes[row] = found[row] < 0 ? 0 : rank[found[row]];
    }
    return new Dictionary(rowOfWord, codes, present, wordBytes);
  }

  /** Returns how many distinct texts there are. */
  int size() {
    return rowOfWord.length;
  }

  /** Returns how many rows have a text. */
  int present() {
    return present;
  }

  /** Returns the bytes of all distinct texts together. */
  long wordBytes() {
    return wordBytes;
  }

  /** Returns a row that has a text, given by its code. */
  int row(int code) {
    return rowOfWord[code];
  }

  /** Returns the code of a row; 0 where there is none. */
  int code(int row) {
    return codes[row];
  }
}
