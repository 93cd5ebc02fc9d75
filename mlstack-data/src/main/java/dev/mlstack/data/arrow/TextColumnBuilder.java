package dev.mlstack.data.arrow;

import dev.mlstack.schema.Field;
import dev.mlstack.table.ColumnData;
import dev.mlstack.table.TextColumn;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Collects values of type text. */
public final class TextColumnBuilder extends ArrowColumnBuilder {

  private static final int FIRST_DATA_BYTES = 4096;
  private static final int DICTIONARY = 2;

  /** The text of row r has the bytes from offsets[r] to offsets[r + 1]. */
  private int[] offsets = {0};

  private byte[] data = new byte[FIRST_DATA_BYTES];

  TextColumnBuilder(Field field, ArrowTableBuilder table) {
    super(field, table);
  }

  /**
   * Sets the value of the current row.
   *
   * @param utf8 has its bytes in well-formed UTF-8, which is not checked; copied
   * @param from the index of the first
   * @param length how many there are
   */
  public void set(byte[] utf8, int from, int length) {
    int row = row();
    markPresent(row);
    int start = offsets[row];
    reserve(start + (long) length);
    System.arraycopy(utf8, from, data, start, length);
    offsets[row + 1] = start + length;
  }

  private void reserve(long length) {
    if (length > data.length) {
      int grown = (int) Math.min(Integer.MAX_VALUE - Long.BYTES, 2 * length);
      data = Arrays.copyOf(data, Math.max(grown, Math.toIntExact(length)));
    }
  }

  @Override
  void clearValue(int row) {
    offsets[row + 1] = offsets[row];
  }

  @Override
  void grow(int capacity) {
    super.grow(capacity);
    offsets = Arrays.copyOf(offsets, capacity + 1);
  }

  @Override
  void appendValues(ColumnData column, int from, int count) {
    if (column instanceof ArrowColumns.Texts texts) {
      appendArrow(texts, from, count);
      return;
    }
    TextColumn texts = (TextColumn) column;
    for (int i = 0; i < count; i++) {
      String text = texts.get(from + i);
      byte[] bytes = text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
      int start = offsets[row() + i];
      reserve(start + (long) bytes.length);
      System.arraycopy(bytes, 0, data, start, bytes.length);
      offsets[row() + i + 1] = start + bytes.length;
    }
  }

  private void appendArrow(ArrowColumns.Texts texts, int from, int count) {
    int start = offsets[row()];
    int first = texts.offset(from);
    int length = texts.offset(from + count) - first;
    reserve(start + (long) length);
    texts.data.getBytes(first, data, start, length);
    texts.readOffsets(from, count, offsets, row(), start - first);
  }

  @Override
  long bytes() {
    return (long) row() * Integer.BYTES + offsets[row()];
  }

  @Override
  long bytesOf(ColumnData column, int from, int count) {
    long bytes = (long) count * Integer.BYTES;
    if (column instanceof ArrowColumns.Texts texts) {
      return bytes + texts.offset(from + count) - texts.offset(from);
    }
    for (int row = from; row < from + count; row++) {
      String text = ((TextColumn) column).get(row);
      bytes += text == null ? 0 : text.getBytes(StandardCharsets.UTF_8).length;
    }
    return bytes;
  }

  @Override
  Slice[] values() {
    int rows = row();
    ByteBuffer bytes =
        ByteBuffer.allocate((rows + 1) * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asIntBuffer().put(offsets, 0, rows + 1);
    return new Slice[] {
      new Slice(bytes.array(), 0, bytes.capacity()), new Slice(data, 0, offsets[rows])
    };
  }

  @Override
  byte[] encode() {
    Dictionary dictionary = new Dictionary(this);
    return dictionary.size() <= dictionary.present() / 2
        ? encodeWith(dictionary.sort())
        : encodePlain();
  }

  private byte[] encodePlain() {
    int rows = row();
    ByteBuffer bytes = encoding(0, (rows + 1L) * Integer.BYTES + offsets[rows]);
    bytes.asIntBuffer().put(offsets, 0, rows + 1);
    bytes.position(bytes.position() + (rows + 1) * Integer.BYTES);
    return bytes.put(data, 0, offsets[rows]).array();
  }

  private byte[] encodeWith(Dictionary dictionary) {
    int width = Canonical.codeWidth(dictionary.size());
    long size = Integer.BYTES * (dictionary.size() + 2L) + dictionary.wordBytes();
    ByteBuffer bytes = encoding(DICTIONARY, size + (long) row() * width);
    bytes.putInt(dictionary.size());
    int end = 0;
    bytes.putInt(end);
    for (int word = 0; word < dictionary.size(); word++) {
      end += length(dictionary.row(word));
      bytes.putInt(end);
    }
    for (int word = 0; word < dictionary.size(); word++) {
      int row = dictionary.row(word);
      bytes.put(data, offsets[row], length(row));
    }
    int start = bytes.position();
    for (int row = 0; row < row(); row++) {
      Bytes.putWhole(bytes.array(), start + row * width, width, dictionary.code(row));
    }
    return bytes.array();
  }

  int length(int row) {
    return offsets[row + 1] - offsets[row];
  }

  /** Compares the texts of two rows by their unsigned bytes. */
  int compare(int a, int b) {
    return Arrays.compareUnsigned(
        data, offsets[a], offsets[a + 1], data, offsets[b], offsets[b + 1]);
  }

  boolean equal(int a, int b) {
    return Arrays.equals(data, offsets[a], offsets[a + 1], data, offsets[b], offsets[b + 1]);
  }

  int hash(int row) {
    int hash = length(row);
    int at = offsets[row];
    int end = offsets[row + 1];
    for (; at + Long.BYTES <= end; at += Long.BYTES) {
      hash = spread(hash * 31 + Long.hashCode(Bytes.whole(data, at, Long.BYTES)));
    }
    for (; at < end; at++) {
      hash = hash * 31 + data[at];
    }
    return spread(hash);
  }

  private static int spread(int hash) {
    int mixed = hash * 0x9E3779B9;
    return mixed ^ (mixed >>> 16);
  }
}
