package dev.mlstack.core.table;

import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.table.ColumnData;
import dev.mlstack.table.Row;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Collects the values of one column, row by row. */
abstract class ColumnBuilder {

  private static final int FIRST_CAPACITY = 16;

  final Field field;
  private final BitSet nulls = new BitSet();

  ColumnBuilder(Field field) {
    this.field = field;
  }

  static ColumnBuilder of(Field field) {
    FieldType type = field.type();
    if (type instanceof FieldType.Real real) {
      return new Doubles(field, real.bits() == Float.SIZE);
    } else if (type instanceof FieldType.Text) {
      return new Texts(field);
    } else if (type instanceof FieldType.Category category) {
      return new Categories(field, category.values());
    } else if (type instanceof FieldType.Tensor tensor) {
      return new Tensors(field, tensor.size());
    }
    return new Longs(field);
  }

  /**
   * Takes the value that a row has in a field as the value of row {@code at}, behind those taken
   * before or in place of the last.
   */
  final void set(int at, Row row, int index) {
    boolean missing = row.isNull(index);
    if (missing && !field.nullable()) {
      throw new IllegalArgumentException(
          "column '"
              + field.name()
              + "' must have a value in every row but row "
              + at
              + " has none");
    }
    nulls.set(at, missing);
    take(at, row, index);
  }

  abstract void take(int at, Row row, int index);

  /** Returns the column of the first {@code rows} values. */
  final ColumnData build(int rows) {
    return build(rows, nulls.get(0, rows));
  }

  abstract ColumnData build(int rows, BitSet nullsOfRows);

  /** Returns a capacity for more than {@code values} values, {@code width} to a row. */
  final int grown(int values, int width) {
    long wanted = Math.max((long) FIRST_CAPACITY * width, values + values / 2L);
    long rounded = wanted / width * width;
    if (rounded <= values || rounded > Integer.MAX_VALUE - Long.BYTES) {
      throw new IllegalArgumentException(
          "column '" + field.name() + "' has more values than fit into one array");
    }
    return (int) rounded;
  }

  private static final class Longs extends ColumnBuilder {
    private long[] values = {};

    Longs(Field field) {
      super(field);
    }

    @Override
    void take(int at, Row row, int index) {
      if (at == values.length) {
        values = Arrays.copyOf(values, grown(at, 1));
      }
      values[at] = row.integer(index);
      WholeNumbers.requireIn(field, values[at]);
    }

    @Override
    ColumnData build(int rows, BitSet nulls) {
      return new HeapColumns.Longs(field, rows, nulls, Arrays.copyOf(values, rows));
    }
  }

  private static final class Doubles extends ColumnBuilder {
    private final boolean narrow;
    private double[] values = {};

    Doubles(Field field, boolean narrow) {
      super(field);
      this.narrow = narrow;
    }

    @Override
    void take(int at, Row row, int index) {
      if (at == values.length) {
        values = Arrays.copyOf(values, grown(at, 1));
      }
      double value = row.number(index);
      values[at] = narrow ? (float) value : value;
    }

    @Override
    ColumnData build(int rows, BitSet nulls) {
      return new HeapColumns.Doubles(field, rows, nulls, Arrays.copyOf(values, rows));
    }
  }

  private static final class Texts extends ColumnBuilder {
    private @Nullable String[] values = {};

    Texts(Field field) {
      super(field);
    }

    @Override
    void take(int at, Row row, int index) {
      if (at == values.length) {
        values = Arrays.copyOf(values, grown(at, 1));
      }
      values[at] = row.text(index);
    }

    @Override
    ColumnData build(int rows, BitSet nulls) {
      return new HeapColumns.Texts(field, rows, nulls, Arrays.copyOf(values, rows));
    }
  }

  private static final class Categories extends ColumnBuilder {
    private final Map<String, Integer> codeOf = new HashMap<>();
    private int[] codes = {};

    Categories(Field field, List<String> values) {
      super(field);
      values.forEach(value -> codeOf.put(value, codeOf.size()));
    }

    @Override
    void take(int at, Row row, int index) {
      if (at == codes.length) {
        codes = Arrays.copyOf(codes, grown(at, 1));
      }
      String text = row.text(index);
      codes[at] = text == null ? -1 : code(text);
    }

    private int code(String text) {
      Integer code = codeOf.get(text);
      if (code == null) {
        throw new IllegalArgumentException(
            "column '" + field.name() + "' is " + field.type() + " but the row has '" + text + "'");
      }
      return code;
    }

    @Override
    ColumnData build(int rows, BitSet nulls) {
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
    void take(int at, Row row, int index) {
      if (at == values.length / size) {
        values = Arrays.copyOf(values, grown(values.length, size));
      }
      row.tensor(index, values, at * size);
    }

    @Override
    ColumnData build(int rows, BitSet nulls) {
      return new HeapColumns.Tensors(field, rows, nulls, Arrays.copyOf(values, rows * size));
    }
  }
}
