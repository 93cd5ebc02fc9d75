package dev.mlstack.data.arrow;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** The distinct texts of a column that is being built, and for each row which of them it has. */
final class Dictionary {

  private static final int NO_TEXT = -1;

  private final TextColumnBuilder column;
  private final int[] codes;
  private int[] rowOfWord;
  private int size;
  private int present;
  private long wordBytes;

  /** Finds the distinct texts, in the order in which they come. */
  Dictionary(TextColumnBuilder column) {
    this.column = column;
    int rows = column.row();
    this.codes = new int[rows];
    this.rowOfWord = new int[rows];
    int[] slots = new int[4 * Integer.highestOneBit(Math.max(rows, 8))];
    Arrays.fill(slots, NO_TEXT);
    for (int row = 0; row < rows; row++) {
      codes[row] = column.isNull(row) ? NO_TEXT : find(row, slots);
    }
  }

  private int find(int row, int[] slots) {
    present++;
    int slot = column.hash(row) & (slots.length - 1);
    while (slots[slot] >= 0 && !column.equal(row, rowOfWord[slots[slot]])) {
      slot = (slot + 1) & (slots.length - 1);
    }
    if (slots[slot] < 0) {
      rowOfWord[size] = row;
      wordBytes += column.length(row);
      slots[slot] = size++;
    }
    return slots[slot];
  }

  /** Sorts the texts by their UTF-8 bytes. */
  Dictionary sort() {
    int[] order =
        IntStream.range(0, size)
            .boxed()
            .sorted(Comparator.comparing(word -> rowOfWord[word], column::compare))
            .mapToInt(Integer::intValue)
            .toArray();
    int[] rank = new int[size];
    int[] sorted = new int[size];
    for (int i = 0; i < size; i++) {
      rank[order[i]] = i;
      sorted[i] = rowOfWord[order[i]];
    }
    rowOfWord = sorted;
    for (int row = 0; row < codes.length; row++) {
      codes[row] = codes[row] == NO_TEXT ? NO_TEXT : rank[codes[row]];
    }
    return this;
  }

  /** Returns how many distinct texts there are. */
  int size() {
    return size;
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

  /** Returns the code of a row; 0 where there is no text. */
  int code(int row) {
    return Math.max(codes[row], 0);
  }
}
