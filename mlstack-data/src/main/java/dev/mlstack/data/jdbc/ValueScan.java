package dev.mlstack.data.jdbc;

import dev.mlstack.compute.Execution;
import dev.mlstack.data.internal.Numbers;
import dev.mlstack.data.internal.Times;
import dev.mlstack.data.internal.TypeGuess;
import dev.mlstack.schema.FieldType;
import dev.mlstack.table.DataException;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds types that only the values tell, by looking at every row of a result. */
final class ValueScan {

  private final List<Look> looks = new ArrayList<>();

  /** Looks at the values of one column. */
  private interface Look {
    void at(ResultSet rows) throws SQLException;

    FieldType type();
  }

  private ValueScan(String source, List<ResultColumn> columns) {
    for (ResultColumn column : columns) {
      looks.add(look(source, column));
    }
  }

  private static Look look(String source, ResultColumn column) {
    return switch (column.kind()) {
      case ARRAY -> new Arrays(source, column);
      case DYNAMIC -> new Dynamic(source, column);
      default -> new Known(column.type());
    };
  }

  /**
   * Returns the type of each column.
   *
   * @param rows stands before the first row; read to its end
   * @throws DataException if a column has values that no column of a dataset can hold
   */
  static List<FieldType> types(
      String source, List<ResultColumn> columns, ResultSet rows, Execution execution)
      throws SQLException {
    ValueScan scan = new ValueScan(source, columns);
    while (rows.next()) {
      execution.checkCancelled("infer the types of " + source);
      for (Look look : scan.looks) {
        look.at(rows);
      }
    }
    return scan.looks.stream().map(Look::type).toList();
  }

  private static DataException refused(String source, ResultColumn column, String what) {
    return new DataException(
        String.format(
            "%s: column '%s' has %s; cast it in the query, or leave it out",
            source, column.name(), what));
  }

  private record Known(FieldType type) implements Look {
    @Override
    public void at(ResultSet rows) {}
  }

  /** Arrays, which are one tensor each if all have the same shape. */
  private static final class Arrays implements Look {
    private final String source;
    private final ResultColumn column;
    private final JdbcArray array;
    private @Nullable List<Integer> shape;

    Arrays(String source, ResultColumn column) {
      this.source = source;
      this.column = column;
      this.array = new JdbcArray(column.index());
    }

    @Override
    public void at(ResultSet rows) throws SQLException {
      List<Integer> next = array.shape(rows);
      if (next == null) {
        return;
      } else if (next.isEmpty()) {
        throw refused(source, column, "an array that is not one of numbers");
      } else if (shape != null && !shape.equals(next)) {
        throw refused(source, column, "arrays of the shapes " + shape + " and " + next);
      }
      shape = next;
    }

    @Override
    public FieldType type() {
      if (shape == null) {
        throw refused(source, column, "arrays, but no row has one, so that its shape is unknown");
      }
      return new FieldType.Tensor(shape);
    }
  }

  /** Values each of which has a type of its own. The declared type decides where they leave it. */
  private static final class Dynamic implements Look {
    private final String source;
    private final ResultColumn column;
    private final TypeGuess texts = new TypeGuess(new Numbers('.'), new Times());
    private boolean anyText;
    private boolean anyWhole;
    private boolean anyReal;
    private boolean onlyFlags = true;

    Dynamic(String source, ResultColumn column) {
      this.source = source;
      this.column = column;
    }

    @Override
    public void at(ResultSet rows) throws SQLException {
      Object value = rows.getObject(column.index());
      if (value instanceof Integer || value instanceof Long) {
        anyWhole = true;
        long number = ((Number) value).longValue();
        onlyFlags &= number == 0 || number == 1;
      } else if (value instanceof Double) {
        anyReal = true;
      } else if (value instanceof String text) {
        anyText = true;
        look(text);
      } else if (value != null) {
        throw refused(source, column, "values of the class " + value.getClass().getSimpleName());
      }
    }

    private void look(String text) {
      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
      if (utf8.length == 0) {
        texts.lookAtText();
      } else {
        texts.look(utf8, 0, utf8.length);
      }
    }

    @Override
    public FieldType type() {
      if (anyText) {
        return anyWhole || anyReal ? FieldType.TEXT : time();
      } else if (anyReal || declared("real", "floa", "doub", "dec")) {
        return FieldType.FLOAT64;
      } else if (declared("bool") && onlyFlags) {
        return FieldType.BOOL;
      }
      return anyWhole || declared("int") ? FieldType.INT64 : FieldType.TEXT;
    }

    private FieldType time() {
      FieldType guess = texts.type();
      boolean time = guess instanceof FieldType.Date || guess instanceof FieldType.Timestamp;
      return time && declared("date", "time") ? guess : FieldType.TEXT;
    }

    private boolean declared(String... parts) {
      return java.util.Arrays.stream(parts).anyMatch(column.typeName()::contains);
    }
  }
}
