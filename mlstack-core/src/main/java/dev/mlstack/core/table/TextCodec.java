package dev.mlstack.core.table;

import dev.mlstack.schema.Field;
import dev.mlstack.table.TextColumn;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The canonical bytes of a column of texts; {@link ColumnCodec} says how they are laid out. */
final class TextCodec {

  private static final byte[] NO_BYTES = {};

  private final Field field;
  private final @Nullable String[] values;
  private final BitSet nulls = new BitSet();

  private TextCodec(TextColumn column) {
    field = column.field();
    values = new String[column.rows()];
    column.read(0, values.length, values, 0);
    for (int row = 0; row < values.length; row++) {
      if (values[row] == null) {
        nulls.set(row);
      }
    }
  }

  static byte[] encode(TextColumn column) {
    TextCodec texts = new TextCodec(column);
    Map<String, Integer> ids = new HashMap<>();
    int[] idOfRow = new int[texts.values.length];
    return texts.collect(ids, idOfRow) ? texts.dictionary(ids, idOfRow) : texts.plain();
  }

  /**
   * Numbers the distinct values in the order in which they come.
   *
   * @return whether at most half of the values are distinct; if not, {@code ids} may lack some
   */
  private boolean collect(Map<String, Integer> ids, int[] idOfRow) {
    int most = (values.length - nulls.cardinality()) / 2;
    for (int row = 0; row < values.length; row++) {
      String text = values[row];
      if (text != null) {
        Integer known = ids.putIfAbsent(text, ids.size());
        if (known == null && ids.size() > most) {
          return false;
        }
        idOfRow[row] = known == null ? ids.size() - 1 : known;
      }
    }
    return true;
  }

  private byte[] plain() {
    byte[][] texts = new byte[values.length][];
    for (int row = 0; row < texts.length; row++) {
      String text = values[row];
      texts[row] = text == null ? NO_BYTES : utf8(text);
    }
    ByteBuffer bytes = ColumnCodec.start(field, values.length, nulls, 0, textsBytes(texts));
    putTexts(bytes, texts);
    return bytes.array();
  }

  private byte[] dictionary(Map<String, Integer> ids, int[] idOfRow) {
    byte[][] byId = new byte[ids.size()][];
    ids.forEach((text, id) -> byId[id] = utf8(text));
    List<Integer> sorted =
        IntStream.range(0, byId.length)
            .boxed()
            .sorted((a, b) -> Arrays.compareUnsigned(byId[a], byId[b]))
            .toList();
    int[] codes = new int[byId.length];
    byte[][] words = new byte[byId.length][];
    for (int code = 0; code < words.length; code++) {
      codes[sorted.get(code)] = code;
      words[code] = byId[sorted.get(code)];
    }
    int width = ColumnCodec.codeWidth(words.length);
    long size = Integer.BYTES + textsBytes(words) + (long) values.length * width;
    ByteBuffer bytes = ColumnCodec.start(field, values.length, nulls, ColumnCodec.DICTIONARY, size);
    bytes.putInt(words.length);
    putTexts(bytes, words);
    for (int row = 0; row < values.length; row++) {
      ColumnCodec.put(bytes, nulls.get(row) ? 0 : codes[idOfRow[row]], width);
    }
    return bytes.array();
  }

  private static long textsBytes(byte[][] texts) {
    return Integer.BYTES * (texts.length + 1L)
        + Arrays.stream(texts).mapToLong(t -> t.length).sum();
  }

  private static void putTexts(ByteBuffer bytes, byte[][] texts) {
    int offset = 0;
    bytes.putInt(offset);
    for (byte[] text : texts) {
      offset += text.length;
      bytes.putInt(offset);
    }
    for (byte[] text : texts) {
      bytes.put(text);
    }
  }

  /** Returns the bytes of a text. Half a surrogate pair has none: the JDK would write a '?'. */
  private byte[] utf8(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int marks = 0;
    for (byte b : bytes) {
      marks += b == '?' ? 1 : 0;
    }
    if (marks > 0 && marks != text.chars().filter(c -> c == '?').count()) {
      throw new IllegalArgumentException(
          "column '"
              + field.name()
              + "' has the text '"
              + text
              + "', which is not well-formed: it has half a surrogate pair");
    }
    return bytes;
  }
}
