package dev.mlstack.samples;

import dev.mlstack.core.table.ValuesRow;
import dev.mlstack.schema.FieldType;
import dev.mlstack.schema.Schema;
import dev.mlstack.table.Dataset;
import dev.mlstack.table.Row;
import dev.mlstack.table.TableCursor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows of data as rows that an application would ask an endpoint about. */
final class Rows {

  private Rows() {}

  /**
   * Returns the first rows of a dataset with the columns of a schema, and no others.
   *
   * @param most how many at most
   */
  static List<@Nullable Object[]> first(Dataset data, Schema schema, int most) {
    List<@Nullable Object[]> rows = new ArrayList<>();
    data.forEach(
        table -> {
          TableCursor cursor = table.cursor();
          while (rows.size() < most && cursor.next()) {
            rows.add(values(cursor, schema));
          }
        });
    return rows;
  }

  private static @Nullable Object[] values(Row row, Schema schema) {
    @Nullable Object[] values = new Object[schema.size()];
    for (int i = 0; i < values.length; i++) {
      int field = row.schema().indexOf(schema.field(i).name());
      values[i] = row.isNull(field) ? null : value(row, field);
    }
    return values;
  }

  private static @Nullable Object value(Row row, int field) {
    FieldType type = row.schema().field(field).type();
    if (type instanceof FieldType.Text || type instanceof FieldType.Category) {
      return row.text(field);
    } else if (type instanceof FieldType.Real) {
      return row.number(field);
    } else if (type instanceof FieldType.Tensor tensor) {
      float[] numbers = new float[tensor.size()];
      row.tensor(field, numbers, 0);
      return numbers;
    }
    return row.integer(field);
  }

  static Row of(Schema schema, @Nullable Object[] values) {
    return ValuesRow.of(schema, values);
  }
}
