package dev.mlstack.data.arrow;

import dev.mlstack.core.table.EncodedColumn;
import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import java.util.Objects;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;

/** Makes vectors of the canonical bytes of columns. */
final class VectorDecoder {

  private VectorDecoder() {}

  /**
   * Returns a vector. The caller closes it.
   *
   * @param rows how many rows it must have
   * @throws IllegalArgumentException if the bytes are not those of such a column
   */
  static FieldVector decode(EncodedColumn column, int rows, BufferAllocator allocator) {
    if (column.rows() != rows) {
      throw new IllegalArgumentException(
          "column '"
              + column.field().name()
              + "' has "
              + column.rows()
              + " rows where the table has "
              + rows);
    }
    try {
      Slice validity =
          column.hasNulls() ? slice(column, column.validityOffset(), (rows + 7) / 8) : Slice.EMPTY;
      return Vectors.create(
          column.field(), rows, nulls(validity, rows), validity, allocator, values(column));
    } catch (IndexOutOfBoundsException e) {
      throw new IllegalArgumentException("column '" + column.field().name() + "' is cut short", e);
    }
  }

  private static Slice slice(EncodedColumn column, int from, int length) {
    byte[] bytes = column.bytes().array();
    Objects.checkFromIndexSize(from, length, bytes.length);
    return new Slice(bytes, from, length);
  }

  private static int nulls(Slice validity, int rows) {
    if (validity.length() == 0) {
      return 0;
    }
    int present = 0;
    for (int i = 0; i < validity.length(); i++) {
      present += Integer.bitCount(validity.bytes()[validity.from() + i] & 0xFF);
    }
    return rows - present;
  }

  private static Slice[] values(EncodedColumn column) {
    Field field = column.field();
    int rows = column.rows();
    if (field.type() instanceof FieldType.Bool) {
      return new Slice[] {bits(slice(column, column.valuesOffset(), rows))};
    } else if (field.type() instanceof FieldType.Text) {
      return column.hasDictionary() ? gathered(column) : plain(column);
    } else if (field.type() instanceof FieldType.Category category) {
      return new Slice[] {codes(column, category.values().size())};
    }
    int width =
        field.type() instanceof FieldType.Tensor tensor
            ? Math.multiplyExact(tensor.size(), Float.BYTES)
            : Widths.of(field.type());
    return new Slice[] {slice(column, column.valuesOffset(), Math.multiplyExact(rows, width))};
  }

  private static Slice bits(Slice flags) {
    byte[] bits = new byte[(flags.length() + 7) / 8];
    for (int row = 0; row < flags.length(); row++) {
      bits[row >> 3] |= (byte) ((flags.bytes()[flags.from() + row] & 1) << (row & 7));
    }
    return new Slice(bits, 0, bits.length);
  }

  private static Slice codes(EncodedColumn column, int values) {
    int width = Canonical.codeWidth(values);
    Slice narrow = slice(column, column.valuesOffset(), column.rows() * width);
    byte[] codes = new byte[column.rows() * Integer.BYTES];
    for (int row = 0; row < column.rows(); row++) {
      long code = Bytes.whole(narrow.bytes(), narrow.from() + row * width, width);
      Bytes.putWhole(codes, row * Integer.BYTES, Integer.BYTES, code & Canonical.codeMask(width));
    }
    return new Slice(codes, 0, codes.length);
  }

  /** Texts that stand row by row already lie as Arrow wants them. */
  private static Slice[] plain(EncodedColumn column) {
    EncodedColumn.Texts texts = column.encodedTexts();
    Slice offsets = slice(column, texts.offsetsFrom(), (texts.count() + 1) * Integer.BYTES);
    return new Slice[] {offsets, slice(column, texts.dataFrom(), texts.dataLength())};
  }

  private static Slice[] gathered(EncodedColumn column) {
    EncodedColumn.Texts words = column.encodedTexts();
    int[] codes = column.words();
    int[] starts = new int[words.count()];
    int[] lengths = new int[words.count()];
    for (int word = 0; word < starts.length; word++) {
      starts[word] = words.from(word);
      lengths[word] = words.length(word);
    }
    byte[] offsets = new byte[(codes.length + 1) * Integer.BYTES];
    int end = 0;
    for (int row = 0; row < codes.length; row++) {
      end += column.isNull(row) ? 0 : lengths[codes[row]];
      Bytes.putWhole(offsets, (row + 1) * Integer.BYTES, Integer.BYTES, end);
    }
    byte[] data = new byte[end];
    byte[] from = column.bytes().array();
    int at = 0;
    for (int row = 0; row < codes.length; row++) {
      if (!column.isNull(row)) {
        System.arraycopy(from, starts[codes[row]], data, at, lengths[codes[row]]);
        at += lengths[codes[row]];
      }
    }
    return new Slice[] {new Slice(offsets, 0, offsets.length), new Slice(data, 0, data.length)};
  }
}
