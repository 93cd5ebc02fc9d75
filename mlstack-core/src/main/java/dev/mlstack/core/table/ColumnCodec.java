package dev.mlstack.core.table;

import dev.mlstack.schema.FieldType;
import dev.mlstack.table.CategoryColumn;
import dev.mlstack.table.ColumnData;
import dev.mlstack.table.DoubleColumn;
import dev.mlstack.table.LongColumn;
import dev.mlstack.table.TensorColumn;
import dev.mlstack.table.TextColumn;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The canonical bytes of a column: equal values give equal bytes, whatever kind of table they stand
 * in. All numbers are little-endian.
 *
 * <table>
 * <caption>Layout</caption>
 * <tr><th>bytes</th><th>what</th></tr>
 * <tr><td>4</td><td>the number of rows</td></tr>
 * <tr><td>1</td><td>flags: 1 if values are missing, 2 if texts are in a dictionary</td></tr>
 * <tr><td>(rows + 7) / 8</td><td>only if values are missing: a bit for each row, 1 if it has a
 *     value, the lowest bit first; bits behind the last row are 0</td></tr>
 * <tr><td>…</td><td>the values, in the form that the type asks for</td></tr>
 * </table>
 *
 * <ul>
 *   <li>bool, int, date, timestamp: 1, bits / 8, 4 and 8 bytes a row; 0 where there is no value.
 *   <li>real: bits / 8 bytes a row; 0 where there is no value; one NaN; -0.0 becomes 0.0.
 *   <li>category: the code in 1, 2 or 4 bytes, as the number of values needs; 0 where there is
 *       none.
 *   <li>tensor: its numbers as 4-byte reals; 0 where there is none; one NaN; -0.0 becomes 0.0.
 *   <li>text: as <em>texts</em> of all rows, empty where there is none; or, if at most half of the
 *       values are distinct, as a dictionary: its size in 4 bytes, the distinct values sorted by
 *       their UTF-8 bytes as <em>texts</em>, and for each row its code in 1, 2 or 4 bytes, 0 where
 *       there is none. <em>Texts</em> are n + 1 ascending offsets of 4 bytes, the first 0, followed
 *       by the UTF-8 bytes.
 * </ul>
 */
public final class ColumnCodec {

  static final int HAS_NULLS = 1;
  static final int DICTIONARY = 2;

  private static final int HEADER_BYTES = 5;

  private ColumnCodec() {}

  /** Returns the canonical bytes of a column. */
  public static byte[] encode(ColumnData column) {
    if (column instanceof LongColumn longs) {
      return longs(longs);
    } else if (column instanceof DoubleColumn doubles) {
      return doubles(doubles);
    } else if (column instanceof TextColumn texts) {
      return texts(texts);
    } else if (column instanceof CategoryColumn categories) {
      return categories(categories);
    }
    return tensors((TensorColumn) column);
  }

  /** Returns how many bytes a whole number of a type takes. */
  static int integerWidth(FieldType type) {
    if (type instanceof FieldType.Bool) {
      return 1;
    } else if (type instanceof FieldType.Int integer) {
      return integer.bits() / Byte.SIZE;
    }
    return type instanceof FieldType.Date ? Integer.BYTES : Long.BYTES;
  }

  /** Returns how many bytes a code takes if there are {@code size} of them. */
  static int codeWidth(int size) {
    return size <= 1 << 8 ? 1 : size <= 1 << 16 ? 2 : 4;
  }

  /** Starts the bytes of a column: header and validity. */
  private static ByteBuffer start(ColumnData column, int flags, long valueBytes) {
    int rows = column.rows();
    boolean hasNulls = false;
    for (int row = 0; row < rows && column.hasNulls() && !hasNulls; row++) {
      hasNulls = column.isNull(row);
    }
    int validity = hasNulls ? (rows + 7) / 8 : 0;
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.toIntExact(HEADER_BYTES + validity + valueBytes))
            .order(ByteOrder.LITTLE_ENDIAN);
    bytes.putInt(rows).put((byte) (flags | (hasNulls ? HAS_NULLS : 0)));
    for (int row = 0; row < rows && hasNulls; row++) {
      if (!column.isNull(row)) {
        int at = HEADER_BYTES + row / 8;
        bytes.put(at, (byte) (bytes.get(at) | (1 << (row % 8))));
      }
    }
    return bytes.position(HEADER_BYTES + validity);
  }

  private static byte[] longs(LongColumn column) {
    int width = integerWidth(column.field().type());
    ByteBuffer bytes = start(column, 0, (long) column.rows() * width);
    for (int row = 0; row < column.rows(); row++) {
      put(bytes, column.isNull(row) ? 0 : column.get(row), width);
    }
    return bytes.array();
  }

  private static void put(ByteBuffer bytes, long value, int width) {
    switch (width) {
      case 1 -> bytes.put((byte) value);
      case 2 -> bytes.putShort((short) value);
      case 4 -> bytes.putInt((int) value);
      default -> bytes.putLong(value);
    }
  }

  private static byte[] doubles(DoubleColumn column) {
    boolean narrow = ((FieldType.Real) column.field().type()).bits() == Float.SIZE;
    int width = narrow ? Float.BYTES : Double.BYTES;
    ByteBuffer bytes = start(column, 0, (long) column.rows() * width);
    for (int row = 0; row < column.rows(); row++) {
      double value = column.isNull(row) ? 0 : column.get(row);
      if (narrow) {
        bytes.putInt(canonicalBits((float) value));
      } else {
        bytes.putLong(canonicalBits(value));
      }
    }
    return bytes.array();
  }

  /** Returns the bits of a number, the same for all NaNs and for both zeros. */
  private static long canonicalBits(double value) {
    return Double.doubleToLongBits(value == 0 ? 0.0 : value);
  }

  private static int canonicalBits(float value) {
    return Float.floatToIntBits(value == 0 ? 0.0f : value);
  }

  private static byte[] categories(CategoryColumn column) {
    int width = codeWidth(column.values().size());
    ByteBuffer bytes = start(column, 0, (long) column.rows() * width);
    for (int row = 0; row < column.rows(); row++) {
      put(bytes, column.isNull(row) ? 0 : column.code(row), width);
    }
    return bytes.array();
  }

  private static byte[] tensors(TensorColumn column) {
    int size = ((FieldType.Tensor) column.field().type()).size();
    float[] values = new float[size];
    ByteBuffer bytes = start(column, 0, (long) column.rows() * size * Float.BYTES);
    for (int row = 0; row < column.rows(); row++) {
      if (column.isNull(row)) {
        Arrays.fill(values, 0);
      } else {
        column.read(row, values, 0);
      }
      for (float value : values) {
        bytes.putInt(canonicalBits(value));
      }
    }
    return bytes.array();
  }

  private static byte[] texts(TextColumn column) {
    int rows = column.rows();
    Map<String, byte[]> distinct = new HashMap<>();
    int present = 0;
    for (int row = 0; row < rows; row++) {
      String text = column.get(row);
      if (text != null) {
        distinct.computeIfAbsent(text, t -> t.getBytes(StandardCharsets.UTF_8));
        present++;
      }
    }
    return distinct.size() <= present / 2 ? dictionary(column, distinct) : plain(column, distinct);
  }

  private static byte[] plain(TextColumn column, Map<String, byte[]> encoded) {
    byte[][] texts = new byte[column.rows()][];
    for (int row = 0; row < texts.length; row++) {
      String text = column.get(row);
      texts[row] = text == null ? new byte[0] : encoded.getOrDefault(text, new byte[0]);
    }
    List<byte[]> list = List.of(texts);
    ByteBuffer bytes = start(column, 0, textsBytes(list));
    putTexts(bytes, list);
    return bytes.array();
  }

  private static byte[] dictionary(TextColumn column, Map<String, byte[]> distinct) {
    List<Map.Entry<String, byte[]>> sorted =
        distinct.entrySet().stream()
            .sorted(Map.Entry.comparingByValue(Arrays::compareUnsigned))
            .toList();
    Map<@Nullable String, Integer> codes = new HashMap<>();
    sorted.forEach(entry -> codes.put(entry.getKey(), codes.size()));
    List<byte[]> words = sorted.stream().map(Map.Entry::getValue).toList();
    int width = codeWidth(words.size());
    ByteBuffer bytes =
        start(column, DICTIONARY, Integer.BYTES + textsBytes(words) + (long) column.rows() * width);
    bytes.putInt(words.size());
    putTexts(bytes, words);
    for (int row = 0; row < column.rows(); row++) {
      put(bytes, codes.getOrDefault(column.get(row), 0), width);
    }
    return bytes.array();
  }

  private static long textsBytes(List<byte[]> texts) {
    return Integer.BYTES * (texts.size() + 1L)
        + texts.stream().mapToLong(text -> text.length).sum();
  }

  private static void putTexts(ByteBuffer bytes, List<byte[]> texts) {
    int offset = 0;
    bytes.putInt(offset);
    for (byte[] text : texts) {
      offset += text.length;
      bytes.putInt(offset);
    }
    texts.forEach(bytes::put);
  }
}
