package dev.mlstack.core.table;

import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.table.ColumnData;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * The canonical bytes of a column, taken apart and checked, but not copied. {@link ColumnCodec}
 * says how they are laid out. Readers that have vectors of their own to fill take the sections from
 * here; {@link #toColumn} copies them into arrays on the heap.
 *
 * <p>Once constructed, every section lies within the bytes, every code has a value, and every truth
 * value is 0 or 1: no method fails for a row that exists.
 */
public final class EncodedColumn {

  private final Field field;
  private final ByteBuffer bytes;
  private final int rows;
  private final boolean hasNulls;
  private final boolean dictionary;
  private final int valuesOffset;

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
    require(bytes.length >= ColumnCodec.HEADER_BYTES, "has no header");
    this.rows = this.bytes.getInt(0);
    int flags = this.bytes.get(Integer.BYTES);
    this.hasNulls = (flags & ColumnCodec.HAS_NULLS) != 0;
    this.dictionary = (flags & ColumnCodec.DICTIONARY) != 0;
    require(rows >= 0, "has a negative number of rows");
    require((flags & ~(ColumnCodec.HAS_NULLS | ColumnCodec.DICTIONARY)) == 0, "has unknown flags");
    long start = validityOffset() + (hasNulls ? (rows + 7L) / 8 : 0);
    require(start <= bytes.length, "is cut short");
    this.valuesOffset = (int) start;
    requireValues();
  }

  private void require(boolean valid, String otherwise) {
    if (!valid) {
      throw new IllegalArgumentException(
          "the bytes of column '"
              + field.name()
              + "' of type "
              + field.type()
              + " are damaged: it "
              + otherwise);
    }
  }

  /** Checks that the values are as long as they must be, and codes and truth values in range. */
  private void requireValues() {
    boolean text = field.type() instanceof FieldType.Text;
    require(text || !dictionary, "has a dictionary, which only texts have");
    long end = text ? textsEnd() : valuesOffset + rows * rowBytes();
    require(end == bytes.capacity(), "has not as many bytes as its rows need");
    if (field.type() instanceof FieldType.Category category) {
      requireCodes(valuesOffset, category.values().size());
    } else if (field.type() instanceof FieldType.Bool) {
      for (int row = 0; row < rows; row++) {
        require((bytes.get(valuesOffset + row) & ~1) == 0, "has a truth value above 1");
      }
    }
  }

  /** Returns how many bytes the value of a row takes, if all rows take the same. */
  private long rowBytes() {
    FieldType type = field.type();
    if (type instanceof FieldType.Real real) {
      return real.bits() / Byte.SIZE;
    } else if (type instanceof FieldType.Category category) {
      return ColumnCodec.codeWidth(category.values().size());
    } else if (type instanceof FieldType.Tensor tensor) {
      return (long) Float.BYTES * tensor.size();
    }
    return ColumnCodec.integerWidth(type);
  }

  /** Checks the texts and, if there is a dictionary, the codes; returns where they end. */
  private long textsEnd() {
    if (!dictionary) {
      return requireTexts(valuesOffset, rows);
    }
    require(valuesOffset + (long) Integer.BYTES <= bytes.capacity(), "is cut short");
    int size = bytes.getInt(valuesOffset);
    require(size >= 0 && size <= rows, "has a dictionary of an impossible size");
    int codes = requireTexts(valuesOffset + Integer.BYTES, size);
    long end = codes + (long) rows * ColumnCodec.codeWidth(size);
    require(end == bytes.capacity(), "has not as many bytes as its rows need");
    requireCodes(codes, size);
    return end;
  }

  /** Checks the offsets of texts; returns where their bytes end. */
  private int requireTexts(int start, int count) {
    long data = start + (count + 1L) * Integer.BYTES;
    require(data <= bytes.capacity(), "is cut short");
    int last = 0;
    for (int i = 0; i <= count; i++) {
      int offset = bytes.getInt(start + i * Integer.BYTES);
      require(i == 0 ? offset == 0 : offset >= last, "has offsets that do not ascend from 0");
      last = offset;
    }
    require(data + last <= bytes.capacity(), "is cut short");
    return (int) data + last;
  }

  private void requireCodes(int start, int size) {
    int width = ColumnCodec.codeWidth(size);
    for (int row = 0; row < rows; row++) {
      long code = unsigned(start + row * width, width);
      require(code < size || isNull(row), "has a code without a value");
    }
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
    return ColumnCodec.HEADER_BYTES;
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
    return hasNulls && (bytes.get(validityOffset() + row / 8) & (1 << (row % 8))) == 0;
  }

  /** Returns the rows that have no value. */
  BitSet nulls() {
    if (!hasNulls) {
      return new BitSet();
    }
    BitSet nulls = BitSet.valueOf(bytes.slice(validityOffset(), valuesOffset - validityOffset()));
    nulls.flip(0, rows);
    nulls.clear(rows, Math.max(rows, nulls.length()));
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

  /** Returns which word of the dictionary a row has that is not missing. */
  public int word(int row) {
    int width = ColumnCodec.codeWidth(bytes.getInt(valuesOffset));
    return (int) unsigned(bytes.capacity() + (row - rows) * width, width);
  }

  /** Returns which text of the dictionary each row has; 0 for rows that have none. */
  public int[] words() {
    int[] codes = new int[rows];
    Arrays.setAll(codes, this::word);
    return codes;
  }

  /** Returns the text of each row, {@code null} where there is none. */
  public @Nullable String[] texts() {
    Texts encoded = encodedTexts();
    @Nullable String[] words = new String[encoded.count()];
    Arrays.setAll(words, i -> !dictionary && isNull(i) ? null : encoded.get(i));
    if (!dictionary) {
      return words;
    }
    @Nullable String[] texts = new String[rows];
    Arrays.setAll(texts, row -> isNull(row) ? null : words[word(row)]);
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
    return ((FieldType.Real) field.type()).bits() == Float.SIZE
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
    FieldType type = field.type();
    BitSet nulls = nulls();
    ByteBuffer values =
        bytes.slice(valuesOffset, bytes.capacity() - valuesOffset).order(ByteOrder.LITTLE_ENDIAN);
    if (type instanceof FieldType.Real real) {
      return new HeapColumns.Doubles(field, rows, nulls, reals(values, real.bits(), nulls));
    } else if (type instanceof FieldType.Text) {
      return new HeapColumns.Texts(field, rows, nulls, texts());
    } else if (type instanceof FieldType.Category) {
      int[] codes = new int[rows];
      Arrays.setAll(codes, this::code);
      return new HeapColumns.Categories(field, rows, nulls, codes);
    } else if (type instanceof FieldType.Tensor tensor) {
      float[] numbers = new float[rows * tensor.size()];
      values.asFloatBuffer().get(numbers);
      return new HeapColumns.Tensors(field, rows, nulls, numbers);
    }
    return new HeapColumns.Longs(field, rows, nulls, wholes(values));
  }

  private double[] reals(ByteBuffer values, int bits, BitSet nulls) {
    double[] reals = new double[rows];
    if (bits == Double.SIZE) {
      values.asDoubleBuffer().get(reals);
    } else {
      for (int row = 0; row < rows; row++) {
        reals[row] = values.getFloat(row * Float.BYTES);
      }
    }
    nulls.stream().forEach(row -> reals[row] = Double.NaN);
    return reals;
  }

  private long[] wholes(ByteBuffer values) {
    long[] wholes = new long[rows];
    if (ColumnCodec.integerWidth(field.type()) == Long.BYTES) {
      values.asLongBuffer().get(wholes);
    } else {
      Arrays.setAll(wholes, this::integer);
    }
    return wholes;
  }
}
