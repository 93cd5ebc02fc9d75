package dev.mlstack.data.internal;

import dev.mlstack.schema.FieldType;
import dev.mlstack.store.Value;
import dev.mlstack.table.CategoryColumn;
import dev.mlstack.table.ColumnData;
import dev.mlstack.table.DoubleColumn;
import dev.mlstack.table.LongColumn;
import dev.mlstack.table.Table;
import dev.mlstack.table.TensorColumn;
import dev.mlstack.table.TextColumn;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Shows values to people, as they would stand in a file of comma-separated values. */
public final class CellText {

  private CellText() {}

  /** Returns the value of a row; the empty text if it is missing. */
  public static String of(ColumnData column, int row) {
    if (column.isNull(row)) {
      return "";
    } else if (column instanceof LongColumn longs) {
      return whole(column.field().type(), longs.get(row));
    } else if (column instanceof DoubleColumn doubles) {
      return real(doubles.get(row));
    } else if (column instanceof CategoryColumn categories) {
      return categories.values().get(categories.code(row));
    } else if (column instanceof TensorColumn tensors) {
      return tensor(tensors, row);
    }
    return String.valueOf(((TextColumn) column).get(row));
  }

  /** Returns a whole row (RFC 4180). */
  public static String ofRow(Table table, int row) {
    return IntStream.range(0, table.schema().size())
        .mapToObj(i -> quoted(of(table.column(i), row)))
        .collect(Collectors.joining(","));
  }

  private static String whole(FieldType type, long number) {
    if (type instanceof FieldType.Bool) {
      return number != 0 ? "true" : "false";
    } else if (type instanceof FieldType.Date) {
      return LocalDate.ofEpochDay(number).toString();
    } else if (type instanceof FieldType.Timestamp timestamp) {
      return timestamp.utc()
          ? FieldType.Timestamp.instant(number).toString()
          : FieldType.Timestamp.dateTime(number).toString();
    }
    return Long.toString(number);
  }

  private static String real(double number) {
    return Double.isFinite(number)
        ? Value.of(number).canonicalJson()
        : Double.isNaN(number) ? "NaN" : number > 0 ? "inf" : "-inf";
  }

  private static String tensor(TensorColumn column, int row) {
    float[] numbers = new float[((FieldType.Tensor) column.field().type()).size()];
    column.read(row, numbers, 0);
    double[] wide = new double[numbers.length];
    Arrays.setAll(wide, i -> numbers[i]);
    return Arrays.stream(wide).mapToObj(CellText::real).collect(Collectors.joining(" "));
  }

  /** Returns a text as it stands in a file of comma-separated values. */
  public static String quoted(String text) {
    boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }
}
