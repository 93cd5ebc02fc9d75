package dev.mlstack.core.table;

import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.table.ColumnData;
import dev.mlstack.table.Row;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects the values of one column, row by row. */
abstract class ColumnBuilder {

  private static final int FIRST_CAPACITY = 16;

  final Field field;
  final BitSet nulls = new BitSet();
  int rows;

  ColumnBuilder(Field field) {
    this.field = field;
  }

  static ColumnBuilder of(Field field) {
    FieldType type = field.type();
    if (type instanceof FieldType.Real) {
      return new Doubles(field);
    } else if (type instanceof FieldType.Text) {
      return new Texts(field);
    } else if (type instanceof FieldType.Category category) {
      return new Categories(field, category.values());
    } else if (type instanceof FieldType.Tensor tensor) {
      return new Tensors(field, tensor.size());
    }
    return new Longs(field);
  }

  /** Adds the value that a row has in a field. */
  final void add(Row row, int index) {
    if (row.isNull(index)) {
      nulls.set(rows);
    }
    append(row, index);
    rows++;
  }

  abstract void append(Row row, int index);

  abstract ColumnData build();

  private static int grown(int capacity) {
    return Math.max(FIRST_CAPACITY, capacity + capacity / 2);
  }

  private static final class Longs extends ColumnBuilder {
    private long[] values = {};

    Longs(Field field) {
      super(field);
    }

    @Override
    void append(Row row, int index) {
      if (rows == values.length) {
        values = Arrays.copyOf(values, grown(rows));
      }
      values[rows] = row.integer(index);
    }

    @Override
    ColumnData build() {
      return new HeapColumns.Longs(field, rows, nulls, Arrays.copyOf(values, rows));
    }
  }

  private static final class Doubles extends ColumnBuilder {
    private double[] values = {};

    Doubles(Field field) {
      super(field);
    }

    @Override
    void append(Row row, int index) {
      if (rows == values.length) {
        values = Arrays.copyOf(values, grown(rows));
      }
      values[rows] = row.number(index);
    }

    @Override
    ColumnData build() {
      return new HeapColumns.Doubles(field, rows, nulls, Arrays.copyOf(values, rows));
    }
  }

  private static final class Texts extends ColumnBuilder {
    private @Nullable String[] values = {};

    Texts(Field field) {
      super(field);
    }

    @Override
    void append(Row row, int index) {
      if (rows == values.length) {
        values = Arrays.copyOf(values, grown(rows));
      }
      values[rows] = row.text(index);
    }

    @Override
    ColumnData build() {
      return new HeapColumns.Texts(field, rows, nulls, Arrays.copyOf(values, rows));
    }
  }

  private static final class Categories extends ColumnBuilder {
    private final List<String> categories;
    private int[] codes = {};

    Categories(Field field, List<String> categories) {
      super(field);
      this.categories = categories;
    }

    @Override
    void append(Row row, int index) {
      String text = row.text(index);
      int code = text == null ? -1 : categories.indexOf(text);
      if (text != null && code < 0) {
        throw new IllegalArgumentException(
            "column '" + field.name() + "' is " + field.type() + " but the row has '" + text + "'");
      }
      if (rows == codes.length) {
        codes = Arrays.copyOf(codes, grown(rows));
      }
      codes[rows] = code;
    }

    @Override
    ColumnData build() {
      return new HeapColumns.Categories(field, rows, nulls, Arrays.copyOf(codes, rows));
    }
  }

  private static final class Tensors extends ColumnBuilder {
    private final int size;
    private float[] values = {};

    Tensors(Field field, int size) {
      super(field);
      this.size = size;
    }

    @Override
    void append(Row row, int index) {
      if (rows * size == values.length) {
        values = Arrays.copyOf(values, grown(rows) * size);
      }
      row.tensor(index, values, rows * size);
    }

    @Override
    ColumnData build() {
      return new HeapColumns.Tensors(field, rows, nulls, Arrays.copyOf(values, rows * size));
    }
  }
}
