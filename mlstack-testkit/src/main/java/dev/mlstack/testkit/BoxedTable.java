package dev.mlstack.testkit;

import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.schema.Schema;
import dev.mlstack.table.CategoryColumn;
import dev.mlstack.table.ColumnData;
import dev.mlstack.table.DoubleColumn;
import dev.mlstack.table.LongColumn;
import dev.mlstack.table.Row;
import dev.mlstack.table.Table;
import dev.mlstack.table.TensorColumn;
import dev.mlstack.table.TextColumn;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A table of boxed values, as plain as can be: {@code Long} for whole numbers, {@code Double},
 * {@code String}, {@code Integer} for the code of a category, {@code float[]}, or {@code null}.
 */
final class BoxedTable implements Table {

  private final Schema schema;
  private final long[] rowIds;
  private final List<@Nullable Object[]> columns;

  BoxedTable(Schema schema, long[] rowIds, List<@Nullable Object[]> columns) {
    this.schema = schema;
    this.rowIds = rowIds;
    this.columns = columns;
  }

  @Override
  public Schema schema() {
    return schema;
  }

  @Override
  public int rows() {
    return rowIds.length;
  }

  @Override
  public long rowId(int row) {
    return rowIds[row];
  }

  @Override
  public ColumnData column(int index) {
    Field field = schema.field(index);
    @Nullable Object[] values = columns.get(index);
    if (field.type() instanceof FieldType.Real) {
      return new Doubles(field, values);
    } else if (field.type() instanceof FieldType.Text) {
      return new Texts(field, values);
    } else if (field.type() instanceof FieldType.Category) {
      return new Categories(field, values);
    } else if (field.type() instanceof FieldType.Tensor) {
      return new Tensors(field, values);
    }
    return new Longs(field, values);
  }

  /** Returns the columns of this and another table, in the order of {@code joined}. */
  BoxedTable join(BoxedTable other, Schema joined) {
    List<@Nullable Object[]> all =
        joined.names().stream()
            .map(name -> schema.find(name).isPresent() ? values(name) : other.values(name))
            .toList();
    return new BoxedTable(joined, rowIds, all);
  }

  private @Nullable Object[] values(String name) {
    return columns.get(schema.indexOf(name));
  }

  /** Returns a row that reads from this table, without the help of a cursor. */
  Row row(int row) {
    return new BoxedRow(row);
  }

  abstract static class Boxed {
    final Field field;
    final @Nullable Object[] values;

    Boxed(Field field, @Nullable Object[] values) {
      this.field = field;
      this.values = values;
    }

    public Field field() {
      return field;
    }

    public int rows() {
      return values.length;
    }

    public boolean isNull(int row) {
      return values[row] == null;
    }

    public boolean hasNulls() {
      return Arrays.stream(values).anyMatch(Objects::isNull);
    }
  }

  private static final class Longs extends Boxed implements LongColumn {
    Longs(Field field, @Nullable Object[] values) {
      super(field, values);
    }

    @Override
    public long get(int row) {
      return values[row] instanceof Long value ? value : 0;
    }
  }

  private static final class Doubles extends Boxed implements DoubleColumn {
    Doubles(Field field, @Nullable Object[] values) {
      super(field, values);
    }

    @Override
    public double get(int row) {
      return values[row] instanceof Double value ? value : Double.NaN;
    }
  }

  private static final class Texts extends Boxed implements TextColumn {
    Texts(Field field, @Nullable Object[] values) {
      super(field, values);
    }

    @Override
    public @Nullable String get(int row) {
      return (String) values[row];
    }
  }

  private static final class Categories extends Boxed implements CategoryColumn {
    Categories(Field field, @Nullable Object[] values) {
      super(field, values);
    }

    @Override
    public int code(int row) {
      return values[row] instanceof Integer code ? code : -1;
    }

    @Override
    public List<String> values() {
      return ((FieldType.Category) field.type()).values();
    }
  }

  private static final class Tensors extends Boxed implements TensorColumn {
    Tensors(Field field, @Nullable Object[] values) {
      super(field, values);
    }

    @Override
    public void read(int row, float[] to, int at) {
      copyTensor(field, values[row], to, at);
    }
  }

  private static void copyTensor(Field field, @Nullable Object value, float[] to, int at) {
    int size = ((FieldType.Tensor) field.type()).size();
    if (value == null) {
      Arrays.fill(to, at, at + size, Float.NaN);
    } else {
      System.arraycopy((float[]) value, 0, to, at, size);
    }
  }

  /** A row that is as strict as the contract allows. */
  private final class BoxedRow implements Row {
    private final int row;

    BoxedRow(int row) {
      this.row = row;
    }

    @Override
    public Schema schema() {
      return schema;
    }

    private @Nullable Object value(int field) {
      return columns.get(field)[row];
    }

    @Override
    public boolean isNull(int field) {
      return value(field) == null;
    }

    @Override
    public double number(int field) {
      FieldType type = schema.field(field).type();
      if (type instanceof FieldType.Real) {
        return value(field) instanceof Double number ? number : Double.NaN;
      }
      return isNull(field) ? Double.NaN : integer(field);
    }

    @Override
    public long integer(int field) {
      FieldType type = schema.field(field).type();
      boolean whole =
          type instanceof FieldType.Bool
              || type instanceof FieldType.Int
              || type instanceof FieldType.Date
              || type instanceof FieldType.Timestamp;
      require(whole, field);
      return value(field) instanceof Long number ? number : 0;
    }

    @Override
    public @Nullable String text(int field) {
      FieldType type = schema.field(field).type();
      if (type instanceof FieldType.Category category) {
        return value(field) instanceof Integer code ? category.values().get(code) : null;
      }
      require(type instanceof FieldType.Text, field);
      return (String) value(field);
    }

    @Override
    public void tensor(int field, float[] to, int at) {
      require(schema.field(field).type() instanceof FieldType.Tensor, field);
      copyTensor(schema.field(field), value(field), to, at);
    }

    private void require(boolean right, int field) {
      if (!right) {
        throw new IllegalArgumentException(schema.field(field) + " is read as what it is not");
      }
    }
  }
}
