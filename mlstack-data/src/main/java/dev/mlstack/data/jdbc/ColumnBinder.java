package dev.mlstack.data.jdbc;

import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.table.CategoryColumn;
import dev.mlstack.table.ColumnData;
import dev.mlstack.table.DataException;
import dev.mlstack.table.DoubleColumn;
import dev.mlstack.table.LongColumn;
import dev.mlstack.table.TensorColumn;
import dev.mlstack.table.TextColumn;
import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Sets the values of one column as a parameter of a statement. */
abstract class ColumnBinder {

  private static final int MAX_TEXT_YEAR = 9999;

  private final ColumnData column;
  private final int index;
  private final int sqlType;

  private ColumnBinder(ColumnData column, int index, int sqlType) {
    this.column = column;
    this.index = index;
    this.sqlType = sqlType;
  }

  /**
   * Returns what sets a column.
   *
   * @param column borrowed
   * @param index the index of the parameter, from 1
   */
  static ColumnBinder of(ColumnData column, int index, Database database) {
    if (column instanceof DoubleColumn doubles) {
      return new Reals(doubles, index, database);
    } else if (column instanceof TextColumn texts) {
      return new Texts(texts, index, database);
    } else if (column instanceof CategoryColumn categories) {
      return new Categories(categories, index);
    } else if (column instanceof TensorColumn tensors) {
      return new Tensors(tensors, index, database);
    }
    FieldType type = column.field().type();
    return type instanceof FieldType.Date || type instanceof FieldType.Timestamp
        ? new Moments((LongColumn) column, index, database)
        : new Wholes((LongColumn) column, index);
  }

  /**
   * Sets the value of a row.
   *
   * @throws DataException if the database cannot hold it
   */
  final void set(PreparedStatement statement, int row) throws SQLException {
    if (column.isNull(row)) {
      statement.setNull(index, sqlType);
    } else {
      set(statement, index, row);
    }
  }

  /** Sets a value that is not missing. */
  abstract void set(PreparedStatement statement, int i, int row) throws SQLException;

  final DataException refused(int row, @Nullable Object value, String why) {
    return new DataException(
        String.format(
            "column '%s', row %d of the batch, value '%s': %s",
            column.field().name(), row, value, why));
  }

  private static final class Wholes extends ColumnBinder {
    private final LongColumn column;
    private final FieldType type;

    Wholes(LongColumn column, int index) {
      super(column, index, sqlType(column.field()));
      this.column = column;
      this.type = column.field().type();
    }

    private static int sqlType(Field field) {
      if (field.type() instanceof FieldType.Bool) {
        return Types.BOOLEAN;
      }
      return ((FieldType.Int) field.type()).bits() == Long.SIZE ? Types.BIGINT : Types.INTEGER;
    }

    @Override
    void set(PreparedStatement statement, int i, int row) throws SQLException {
      long value = column.get(row);
      if (type instanceof FieldType.Bool) {
        statement.setBoolean(i, value != 0);
      } else if (((FieldType.Int) type).bits() == Long.SIZE) {
        statement.setLong(i, value);
      } else {
        statement.setInt(i, (int) value);
      }
    }
  }

  private static final class Reals extends ColumnBinder {
    private final DoubleColumn column;
    private final boolean narrow;
    private final boolean noNaN;

    Reals(DoubleColumn column, int index, Database database) {
      super(column, index, isNarrow(column) ? Types.REAL : Types.DOUBLE);
      this.column = column;
      this.narrow = isNarrow(column);
      this.noNaN = database.hasNoNaN();
    }

    private static boolean isNarrow(DoubleColumn column) {
      return ((FieldType.Real) column.field().type()).bits() == Float.SIZE;
    }

    @Override
    void set(PreparedStatement statement, int i, int row) throws SQLException {
      double value = column.get(row);
      if (noNaN && Double.isNaN(value)) {
        throw refused(row, value, "this database has no NaN, and would keep a missing value");
      } else if (narrow) {
        statement.setFloat(i, (float) value);
      } else {
        statement.setDouble(i, value);
      }
    }
  }

  private static final class Texts extends ColumnBinder {
    private final TextColumn column;
    private final boolean noZero;

    Texts(TextColumn column, int index, Database database) {
      super(column, index, Types.VARCHAR);
      this.column = column;
      this.noZero = database.hasNoZeroCharacter();
    }

    @Override
    void set(PreparedStatement statement, int i, int row) throws SQLException {
      String text = column.get(row);
      if (noZero && text != null && text.indexOf('\0') >= 0) {
        throw refused(row, text, "this database cannot keep the character U+0000");
      }
      statement.setString(i, text);
    }
  }

  private static final class Categories extends ColumnBinder {
    private final CategoryColumn column;

    Categories(CategoryColumn column, int index) {
      super(column, index, Types.VARCHAR);
      this.column = column;
    }

    @Override
    void set(PreparedStatement statement, int i, int row) throws SQLException {
      statement.setString(i, column.values().get(column.code(row)));
    }
  }

  /** Dates and timestamps. */
  private static final class Moments extends ColumnBinder {
    private final LongColumn column;
    private final FieldType type;
    private final boolean asText;

    Moments(LongColumn column, int index, Database database) {
      super(column, index, sqlType(column.field().type(), database));
      this.column = column;
      this.type = column.field().type();
      this.asText = database.writesTimesAsText();
    }

    private static int sqlType(FieldType type, Database database) {
      if (database.writesTimesAsText()) {
        return Types.VARCHAR;
      } else if (type instanceof FieldType.Timestamp timestamp) {
        return timestamp.utc() ? Types.TIMESTAMP_WITH_TIMEZONE : Types.TIMESTAMP;
      }
      return Types.DATE;
    }

    @Override
    void set(PreparedStatement statement, int i, int row) throws SQLException {
      long value = column.get(row);
      if (asText) {
        statement.setString(i, text(value, row));
      } else if (type instanceof FieldType.Date) {
        statement.setObject(i, LocalDate.ofEpochDay(value));
      } else if (type.equals(FieldType.INSTANT)) {
        statement.setObject(i, FieldType.Timestamp.instant(value).atOffset(ZoneOffset.UTC));
      } else {
        statement.setObject(i, FieldType.Timestamp.dateTime(value));
      }
    }

    private String text(long value, int row) {
      boolean date = type instanceof FieldType.Date;
      LocalDateTime time =
          date ? LocalDate.ofEpochDay(value).atStartOfDay() : FieldType.Timestamp.dateTime(value);
      if (time.getYear() < 0 || time.getYear() > MAX_TEXT_YEAR) {
        throw refused(row, time, "a text of four digits for the year cannot hold it");
      }
      return date
          ? time.toLocalDate().toString()
          : time + (type.equals(FieldType.INSTANT) ? "Z" : "");
    }
  }

  private static final class Tensors extends ColumnBinder {
    private final TensorColumn column;
    private final String element;
    private final float[] numbers;

    Tensors(TensorColumn column, int index, Database database) {
      super(column, index, Types.ARRAY);
      this.column = column;
      this.element = database.arrayElement();
      this.numbers = new float[((FieldType.Tensor) column.field().type()).size()];
    }

    @Override
    void set(PreparedStatement statement, int i, int row) throws SQLException {
      column.read(row, numbers, 0);
      Object[] boxed = new Object[numbers.length];
      for (int j = 0; j < boxed.length; j++) {
        boxed[j] = numbers[j];
      }
      Array array = statement.getConnection().createArrayOf(element, boxed);
      statement.setArray(i, array);
    }
  }
}
