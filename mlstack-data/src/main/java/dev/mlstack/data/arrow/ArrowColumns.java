package dev.mlstack.data.arrow;

import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.table.CategoryColumn;
import dev.mlstack.table.ColumnData;
import dev.mlstack.table.DoubleColumn;
import dev.mlstack.table.LongColumn;
import dev.mlstack.table.TensorColumn;
import dev.mlstack.table.TextColumn;
import dev.mlstack.table.Utf8Block;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.complex.FixedSizeListVector;
import org.jspecify.annotations.Nullable;

/**
 * The five forms of columns, as views of Arrow vectors that {@link Vectors} made: where a value is
 * missing, its bytes are 0.
 */
final class ArrowColumns {

  private ArrowColumns() {}

  static ColumnData of(Field field, FieldVector vector) {
    FieldType type = field.type();
    if (type instanceof FieldType.Bool) {
      return new Flags(field, vector);
    } else if (type instanceof FieldType.Real) {
      return new Reals(field, vector);
    } else if (type instanceof FieldType.Text) {
      return new Texts(field, vector);
    } else if (type instanceof FieldType.Category category) {
      return new Codes(field, vector, category.values());
    } else if (type instanceof FieldType.Tensor) {
      return new Tensors(field, (FixedSizeListVector) vector);
    }
    return new Wholes(field, vector);
  }

  /** What the forms have in common. */
  abstract static class Column {
    private final Field field;
    private final int rows;
    private final boolean hasNulls;
    private final ArrowBuf validity;

    Column(Field field, FieldVector vector) {
      this.field = field;
      this.rows = vector.getValueCount();
      this.hasNulls = vector.getNullCount() > 0;
      this.validity = vector.getValidityBuffer();
    }

    public final Field field() {
      return field;
    }

    public final int rows() {
      return rows;
    }

    public final boolean hasNulls() {
      return hasNulls;
    }

    public final boolean isNull(int row) {
      Objects.checkIndex(row, rows);
      return hasNulls && (validity.getByte(row >> 3) >> (row & 7) & 1) == 0;
    }

    public final void readNulls(int from, int count, boolean[] to, int at) {
      checkRange(from, count, at, to.length);
      if (!hasNulls || count == 0) {
        Arrays.fill(to, at, at + count, false);
        return;
      }
      int first = from >> 3;
      byte[] bits = new byte[((from + count - 1) >> 3) - first + 1];
      validity.getBytes(first, bits, 0, bits.length);
      for (int i = 0; i < count; i++) {
        int row = from + i;
        to[at + i] = (bits[(row >> 3) - first] >> (row & 7) & 1) == 0;
      }
    }

    final void checkRange(int from, int count, int at, int length) {
      Objects.checkFromIndexSize(from, count, rows);
      Objects.checkFromIndexSize(at, count, length);
    }
  }

  /** A column whose values have one width in bytes. */
  abstract static class Fixed extends Column {
    final ArrowBuf values;
    final int width;

    Fixed(Field field, FieldVector vector, int width) {
      super(field, vector);
      this.values = vector.getDataBuffer();
      this.width = width;
    }

    /** Copies the bytes of the values of some rows. */
    final void readBytes(int from, int count, byte[] to, int at) {
      values.getBytes((long) from * width, to, at, count * width);
    }

    /** Reads the bytes of some rows in blocks that fit into the first-level cache. */
    final void forEachBlock(int from, int count, BlockReader reader) {
      final int blockRows = 1024;
      byte[] block = new byte[Math.min(count, blockRows) * width];
      for (int done = 0; done < count; done += blockRows) {
        int size = Math.min(blockRows, count - done);
        readBytes(from + done, size, block, 0);
        reader.read(block, size, done);
      }
    }
  }

  /** Takes the bytes of {@code count} values, of which the first is number {@code done}. */
  private interface BlockReader {
    void read(byte[] block, int count, int done);
  }

  static final class Flags extends Column implements LongColumn {
    private final ArrowBuf values;

    Flags(Field field, FieldVector vector) {
      super(field, vector);
      this.values = vector.getDataBuffer();
    }

    @Override
    public long get(int row) {
      Objects.checkIndex(row, rows());
      return values.getByte(row >> 3) >> (row & 7) & 1;
    }

    @Override
    public void read(int from, int count, long[] to, int at) {
      checkRange(from, count, at, to.length);
      if (count == 0) {
        return;
      }
      int first = from >> 3;
      byte[] bits = new byte[((from + count - 1) >> 3) - first + 1];
      values.getBytes(first, bits, 0, bits.length);
      for (int i = 0; i < count; i++) {
        int row = from + i;
        to[at + i] = bits[(row >> 3) - first] >> (row & 7) & 1;
      }
    }
  }

  static final class Wholes extends Fixed implements LongColumn {
    Wholes(Field field, FieldVector vector) {
      super(field, vector, Widths.of(field.type()));
    }

    @Override
    public long get(int row) {
      Objects.checkIndex(row, rows());
      return switch (width) {
        case 1 -> values.getByte(row);
        case 2 -> values.getShort(row * 2L);
        case 4 -> values.getInt(row * 4L);
        default -> values.getLong(row * 8L);
      };
    }

    @Override
    public void read(int from, int count, long[] to, int at) {
      checkRange(from, count, at, to.length);
      forEachBlock(from, count, (block, size, done) -> copy(block, size, to, at + done));
    }

    private void copy(byte[] block, int size, long[] to, int at) {
      for (int i = 0; i < size; i++) {
        to[at + i] = Bytes.whole(block, i * width, width);
      }
    }
  }

  static final class Reals extends Fixed implements DoubleColumn {
    Reals(Field field, FieldVector vector) {
      super(field, vector, Widths.of(field.type()));
    }

    @Override
    public double get(int row) {
      if (isNull(row)) {
        return Double.NaN;
      }
      return width == Float.BYTES ? values.getFloat(row * 4L) : values.getDouble(row * 8L);
    }

    @Override
    public void read(int from, int count, double[] to, int at) {
      checkRange(from, count, at, to.length);
      forEachBlock(from, count, (block, size, done) -> copy(block, size, to, at + done));
      if (hasNulls()) {
        boolean[] missing = new boolean[count];
        readNulls(from, count, missing, 0);
        for (int i = 0; i < count; i++) {
          to[at + i] = missing[i] ? Double.NaN : to[at + i];
        }
      }
    }

    private void copy(byte[] block, int size, double[] to, int at) {
      for (int i = 0; i < size; i++) {
        to[at + i] =
            width == Float.BYTES ? Bytes.float32(block, i * 4) : Bytes.float64(block, i * 8);
      }
    }
  }

  static final class Texts extends Column implements TextColumn {
    final ArrowBuf offsets;
    final ArrowBuf data;

    Texts(Field field, FieldVector vector) {
      super(field, vector);
      this.offsets = vector.getOffsetBuffer();
      this.data = vector.getDataBuffer();
    }

    int offset(int row) {
      return rows() == 0 ? 0 : offsets.getInt(row * 4L);
    }

    @Override
    public void read(int from, int count, Utf8Block to) {
      Objects.checkFromIndexSize(from, count, rows());
      int first = offset(from);
      int length = offset(from + count) - first;
      to.resize(count, length);
      readOffsets(from, count, to.offsets(), 0, -first);
      data.getBytes(first, to.bytes(), 0, length);
    }

    /** Copies the offsets of rows and the end of the last, each shifted. */
    void readOffsets(int from, int count, int[] to, int at, int shift) {
      if (rows() == 0) {
        to[at] = shift;
        return;
      }
      byte[] block = new byte[(count + 1) * Integer.BYTES];
      offsets.getBytes(from * 4L, block, 0, block.length);
      for (int i = 0; i <= count; i++) {
        to[at + i] = (int) Bytes.whole(block, i * Integer.BYTES, Integer.BYTES) + shift;
      }
    }

    @Override
    public @Nullable String get(int row) {
      if (isNull(row)) {
        return null;
      }
      int from = offset(row);
      byte[] bytes = new byte[offset(row + 1) - from];
      data.getBytes(from, bytes, 0, bytes.length);
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }

  static final class Codes extends Fixed implements CategoryColumn {
    private final List<String> texts;

    Codes(Field field, FieldVector vector, List<String> texts) {
      super(field, vector, Integer.BYTES);
      this.texts = texts;
    }

    @Override
    public int code(int row) {
      return isNull(row) ? -1 : values.getInt(row * 4L);
    }

    @Override
    public List<String> values() {
      return texts;
    }

    @Override
    public void read(int from, int count, int[] to, int at) {
      checkRange(from, count, at, to.length);
      forEachBlock(
          from,
          count,
          (block, size, done) -> {
            for (int i = 0; i < size; i++) {
              to[at + done + i] =
                  isNull(from + done + i) ? -1 : (int) Bytes.whole(block, i * 4, Integer.BYTES);
            }
          });
    }
  }

  static final class Tensors extends Column implements TensorColumn {
    final ArrowBuf numbers;
    final int size;

    Tensors(Field field, FixedSizeListVector vector) {
      super(field, vector);
      this.numbers = vector.getDataVector().getDataBuffer();
      this.size = vector.getListSize();
    }

    @Override
    public void read(int row, float[] to, int at) {
      Objects.checkFromIndexSize(at, size, to.length);
      if (isNull(row)) {
        Arrays.fill(to, at, at + size, Float.NaN);
        return;
      }
      byte[] bytes = new byte[size * Float.BYTES];
      numbers.getBytes((long) row * bytes.length, bytes, 0, bytes.length);
      Bytes.floats(bytes, 0, size).get(to, at, size);
    }
  }
}
