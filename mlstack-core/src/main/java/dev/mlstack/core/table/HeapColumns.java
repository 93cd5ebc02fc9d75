package dev.mlstack.core.table;

import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.table.CategoryColumn;
import dev.mlstack.table.ColumnData;
import dev.mlstack.table.DoubleColumn;
import dev.mlstack.table.LongColumn;
import dev.mlstack.table.TensorColumn;
import dev.mlstack.table.TextColumn;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The five forms of columns, as arrays on the heap. */
final class HeapColumns {

  private HeapColumns() {}

  /** Returns a column with equal values that may be kept: the same one if it is of this kind. */
  static ColumnData copyOf(ColumnData column) {
    Field field = column.field();
    int rows = column.rows();
    if (column instanceof Heap) {
      return column;
    } else if (column instanceof LongColumn longs) {
      long[] values = new long[rows];
      longs.read(0, rows, values, 0);
      return new Longs(field, rows, ColumnCodec.nulls(column), values);
    } else if (column instanceof DoubleColumn doubles) {
      double[] values = new double[rows];
      doubles.read(0, rows, values, 0);
      return new Doubles(field, rows, ColumnCodec.nulls(column), values);
    } else if (column instanceof TextColumn texts) {
      @Nullable String[] values = new String[rows];
      texts.read(0, rows, values, 0);
      return new Texts(field, rows, ColumnCodec.nulls(column), values);
    } else if (column instanceof CategoryColumn categories) {
      int[] codes = new int[rows];
      categories.read(0, rows, codes, 0);
      return new Categories(field, rows, ColumnCodec.nulls(column), codes);
    }
    return copyOf((TensorColumn) column, ((FieldType.Tensor) field.type()).size());
  }

  private static ColumnData copyOf(TensorColumn column, int size) {
    int rows = column.rows();
    float[] values = new float[Math.multiplyExact(rows, size)];
    for (int row = 0; row < rows; row++) {
      column.read(row, values, row * size);
    }
    return new Tensors(column.field(), rows, ColumnCodec.nulls(column), values);
  }

  /** What the forms have in common. The arrays and the set belong to the column. */
  abstract static class Heap {
    private final Field field;
    private final int rows;
    private final BitSet nulls;

    Heap(Field field, int rows, BitSet nulls) {
      this.field = field;
      this.rows = rows;
      this.nulls = nulls;
    }

    public final Field field() {
      return field;
    }

    public final int rows() {
      return rows;
    }

    public final boolean isNull(int row) {
      return nulls.get(Objects.checkIndex(row, rows));
    }

    public final boolean hasNulls() {
      return !nulls.isEmpty();
    }
  }

  static final class Longs extends Heap implements LongColumn {
    private final long[] values;

    Longs(Field field, int rows, BitSet nulls, long[] values) {
      super(field, rows, nulls);
      this.values = values;
    }

    @Override
    public long get(int row) {
      return values[row];
    }

    @Override
    public void read(int from, int count, long[] to, int at) {
      System.arraycopy(values, from, to, at, count);
    }
  }

  static final class Doubles extends Heap implements DoubleColumn {
    private final double[] values;

    Doubles(Field field, int rows, BitSet nulls, double[] values) {
      super(field, rows, nulls);
      this.values = values;
    }

    @Override
    public double get(int row) {
      return values[row];
    }

    @Override
    public void read(int from, int count, double[] to, int at) {
      System.arraycopy(values, from, to, at, count);
    }
  }

  static final class Texts extends Heap implements TextColumn {
    private final @Nullable String[] values;

    Texts(Field field, int rows, BitSet nulls, @Nullable String[] values) {
      super(field, rows, nulls);
      this.values = values;
    }

    @Override
    public @Nullable String get(int row) {
      return values[row];
    }

    @Override
    public void read(int from, int count, @Nullable String[] to, int at) {
      System.arraycopy(values, from, to, at, count);
    }
  }

  static final class Categories extends Heap implements CategoryColumn {
    private final int[] codes;

    Categories(Field field, int rows, BitSet nulls, int[] codes) {
      super(field, rows, nulls);
      this.codes = codes;
    }

    @Override
    public int code(int row) {
      return codes[row];
    }

    @Override
    public List<String> values() {
      return ((FieldType.Category) field().type()).values();
    }

    @Override
    public void read(int from, int count, int[] to, int at) {
      System.arraycopy(codes, from, to, at, count);
    }
  }

  static final class Tensors extends Heap implements TensorColumn {
    private final float[] values;
    private final int size;

    Tensors(Field field, int rows, BitSet nulls, float[] values) {
      super(field, rows, nulls);
      this.values = values;
      this.size = ((FieldType.Tensor) field.type()).size();
    }

    @Override
    public void read(int row, float[] to, int at) {
      if (isNull(row)) {
        Arrays.fill(to, at, at + size, Float.NaN);
      } else {
        System.arraycopy(values, row * size, to, at, size);
      }
    }
  }
}
