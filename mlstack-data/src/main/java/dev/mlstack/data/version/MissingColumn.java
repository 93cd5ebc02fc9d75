package dev.mlstack.data.version;

import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.table.CategoryColumn;
import dev.mlstack.table.ColumnData;
import dev.mlstack.table.DoubleColumn;
import dev.mlstack.table.LongColumn;
import dev.mlstack.table.TensorColumn;
import dev.mlstack.table.TextColumn;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A column all of whose values are missing, in each of the five forms. */
abstract class MissingColumn {

  private final Field field;
  private final int rows;

  private MissingColumn(Field field, int rows) {
    this.field = field;
    this.rows = rows;
  }

  /** Returns the column of a field, which may be missing. */
  static ColumnData of(Field field, int rows) {
    FieldType type = field.type();
    if (type instanceof FieldType.Real) {
      return new Doubles(field, rows);
    } else if (type instanceof FieldType.Text) {
      return new Texts(field, rows);
    } else if (type instanceof FieldType.Category category) {
      return new Categories(field, rows, category.values());
    } else if (type instanceof FieldType.Tensor tensor) {
      return new Tensors(field, rows, tensor.size());
    }
    return new Longs(field, rows);
  }

  public Field field() {
    return field;
  }

  public int rows() {
    return rows;
  }

  public boolean isNull(int row) {
    require(row);
    return true;
  }

  public boolean hasNulls() {
    return rows > 0;
  }

  void require(int row) {
    Objects.checkIndex(row, rows);
  }

  private static final class Longs extends MissingColumn implements LongColumn {
    Longs(Field field, int rows) {
      super(field, rows);
    }

    @Override
    public long get(int row) {
      require(row);
      return 0;
    }
  }

  private static final class Doubles extends MissingColumn implements DoubleColumn {
    Doubles(Field field, int rows) {
      super(field, rows);
    }

    @Override
    public double get(int row) {
      require(row);
      return Double.NaN;
    }
  }

  private static final class Texts extends MissingColumn implements TextColumn {
    Texts(Field field, int rows) {
      super(field, rows);
    }

    @Override
    public @Nullable String get(int row) {
      require(row);
      return null;
    }
  }

  private static final class Categories extends MissingColumn implements CategoryColumn {
    private final List<String> values;

    Categories(Field field, int rows, List<String> values) {
      super(field, rows);
      this.values = values;
    }

    @Override
    public int code(int row) {
      require(row);
      return -1;
    }

    @Override
    public List<String> values() {
      return values;
    }
  }

  private static final class Tensors extends MissingColumn implements TensorColumn {
    private final int size;

    Tensors(Field field, int rows, int size) {
      super(field, rows);
      this.size = size;
    }

    @Override
    public void read(int row, float[] to, int at) {
      require(row);
      Arrays.fill(to, at, at + size, Float.NaN);
    }
  }
}
