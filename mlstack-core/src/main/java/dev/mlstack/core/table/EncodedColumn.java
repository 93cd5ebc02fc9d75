package dev.mlstack.core.table;

import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.table.ColumnData;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * The canonical bytes of a column, taken apart but not copied. {@link ColumnCodec} says how they
 * are laid out. Readers that have vectors of their own to fill take the sections from here; {@link
 * #toColumn} copies them into arrays on the heap.
 */
public final class EncodedColumn {

  private final Field field;
  private final ByteBuffer bytes;
  private final int rows;
  private final boolean hasNulls;
  private final int validityOffset;
  private final int valuesOffset;
  private final boolean dictionary;

  /**
   * Takes the bytes of a column apart.
   *
   * @param field what the column is
   * @param bytes what {@link ColumnCodec#encode} returned; not copied
   * @throws IllegalArgumentException if they are not the bytes of such a column
   */
  public EncodedColumn(Field field, byte[] bytes) {
    this.field = field;
    this.bytes = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    try {
      this.rows = this.bytes.getInt();
      int flags = this.bytes.get();
      this.hasNulls = (flags & ColumnCodec.HAS_NULLS) != 0;
      this.dictionary = (flags & ColumnCodec.DICTIONARY) != 0;
    } catch (BufferUnderflowException e) {
      throw new IllegalArgumentException("column '" + field.name() + "' is cut short", e);
    }
    this.validityOffset = this.bytes.position();
    this.valuesOffset = validityOffset + (hasNulls ? (rows + 7) / 8 : 0);
  }

  /** Returns what the column is. */
  public Field field() {
    return field;
  }

  /** Returns how many rows there are. */
  public int rows() {
    return rows;
  }

  /** Tells whether values are missing; if so, {@code (rows + 7) / 8} bytes say which. */
  public boolean hasNulls() {
    return hasNulls;
  }

  /** Returns where the bits of the rows that have values begin, the lowest bit first. */
  public int validityOffset() {
    return validityOffset;
  }

  /** Returns where the values begin. */
  public int valuesOffset() {
    return valuesOffset;
  }

  /** Returns all bytes, in little-endian order. Not to be changed. */
  public ByteBuffer bytes() {
    return bytes;
  }

  /** Tells whether a row has no value. */
  public boolean isNull(int row) {
    return hasNulls && (bytes.get(validityOffset + row / 8) & (1 << (row % 8))) == 0;
  }

  /** Returns the rows that have no value. */
  BitSet nulls() {
    BitSet nulls = new BitSet(rows);
    for (int row = 0; hasNulls && row < rows; row++) {
      nulls.set(row, isNull(row));
    }
    return nulls;
  }

  /** Tells whether the rows of a column of type text have codes into a dictionary of texts. */
  public boolean hasDictionary() {
    return dictionary;
  }

  /** Returns the texts of a column of type text: of its dictionary, if it has one. */
  public Texts encodedTexts() {
    return dictionary
        ? new Texts(bytes, valuesOffset + Integer.BYTES, bytes.getInt(valuesOffset))
        : new Texts(bytes, valuesOffset, rows);
  }

  /** Returns which text of the dictionary each row has; 0 for rows that have none. */
  public int[] words() {
    Texts words = encodedTexts();
    int width = ColumnCodec.codeWidth(words.count());
    int start = words.dataFrom() + words.dataLength();
    int[] codes = new int[rows];
    for (int row = 0; row < rows; row++) {
      codes[row] = (int) unsigned(start + row * width, width);
    }
    return codes;
  }

  /** Returns the text of each row, {@code null} where there is none. */
  public @Nullable String[] texts() {
    Texts encoded = encodedTexts();
    int[] codes = dictionary ? words() : new int[0];
    @Nullable String[] texts = new String[rows];
    @Nullable String[] words = new String[encoded.count()];
    for (int row = 0; row < rows; row++) {
      if (!isNull(row)) {
        int index = dictionary ? codes[row] : row;
        if (words[index] == null) {
          words[index] = encoded.get(index);
        }
        texts[row] = words[index];
      }
    }
    return texts;
  }

  /**
   * Texts one behind the other: {@code count + 1} offsets of 4 bytes, then the UTF-8 bytes.
   *
   * @param bytes where they stand, in little-endian order
   * @param offsetsFrom where the offsets begin
   * @param count how many texts there are
   */
  public record Texts(ByteBuffer bytes, int offsetsFrom, int count) {

    private int offset(int index) {
      return bytes.getInt(offsetsFrom + index * Integer.BYTES);
    }

    /** Returns where the bytes of the first text begin. */
    public int dataFrom() {
      return offsetsFrom + (count + 1) * Integer.BYTES;
    }

    /** Returns how many bytes all texts have together. */
    public int dataLength() {
      return offset(count);
    }

    /** Returns where the bytes of a text begin. */
    public int from(int index) {
      return dataFrom() + offset(index);
    }

    /** Returns how many bytes a text has. */
    public int length(int index) {
      return offset(index + 1) - offset(index);
    }

    /** Returns a text. */
    public String get(int index) {
      return new String(bytes.array(), from(index), length(index), StandardCharsets.UTF_8);
    }
  }

  private long unsigned(int at, int width) {
    return switch (width) {
      case 1 -> bytes.get(at) & 0xFFL;
      case 2 -> bytes.getShort(at) & 0xFFFFL;
      default -> bytes.getInt(at) & 0xFFFFFFFFL;
    };
  }

  /** Returns the whole number of a row of a column of type bool, int, date or timestamp. */
  public long integer(int row) {
    int width = ColumnCodec.integerWidth(field.type());
    int at = valuesOffset + row * width;
    return switch (width) {
      case 1 -> bytes.get(at);
      case 2 -> bytes.getShort(at);
      case 4 -> bytes.getInt(at);
      default -> bytes.getLong(at);
    };
  }

  /** Returns the number of a row of a column of type real; NaN if it has none. */
  public double real(int row) {
    if (isNull(row)) {
      return Double.NaN;
    }
    return ((FieldType.Real) field.type()).bits() == 32
        ? bytes.getFloat(valuesOffset + row * Float.BYTES)
        : bytes.getDouble(valuesOffset + row * Double.BYTES);
  }

  /** Returns the code of a row of a column of type category; -1 if it has none. */
  public int code(int row) {
    int width = ColumnCodec.codeWidth(((FieldType.Category) field.type()).values().size());
    return isNull(row) ? -1 : (int) unsigned(valuesOffset + row * width, width);
  }

  /** Returns the column, copied into arrays on the heap. */
  public ColumnData toColumn() {
    try {
      return copy();
    } catch (IndexOutOfBoundsException e) {
      throw new IllegalArgumentException("column '" + field.name() + "' is cut short", e);
    }
  }

  private ColumnData copy() {
    FieldType type = field.type();
    BitSet nulls = nulls();
    if (type instanceof FieldType.Real) {
      double[] values = new double[rows];
      java.util.Arrays.setAll(values, this::real);
      return new HeapColumns.Doubles(field, rows, nulls, values);
    } else if (type instanceof FieldType.Text) {
      return new HeapColumns.Texts(field, rows, nulls, texts());
    } else if (type instanceof FieldType.Category) {
      int[] codes = new int[rows];
      java.util.Arrays.setAll(codes, this::code);
      return new HeapColumns.Categories(field, rows, nulls, codes);
    } else if (type instanceof FieldType.Tensor tensor) {
      float[] values = new float[Math.multiplyExact(rows, tensor.size())];
      bytes
          .duplicate()
          .order(ByteOrder.LITTLE_ENDIAN)
          .position(valuesOffset)
          .slice()
          .order(ByteOrder.LITTLE_ENDIAN)
          .asFloatBuffer()
          .get(values);
      return new HeapColumns.Tensors(field, rows, nulls, values);
    }
    long[] values = new long[rows];
    java.util.Arrays.setAll(values, this::integer);
    return new HeapColumns.Longs(field, rows, nulls, values);
  }
}
