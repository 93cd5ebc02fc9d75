package dev.mlstack.data.internal;

import dev.mlstack.schema.FieldType;
import dev.mlstack.table.Row;
import org.jspecify.annotations.Nullable;

/** Takes the values of {@link Row}s. For use by one thread at a time. */
public final class RowCells {

  private float[] numbers = {};

  /**
   * Takes one value.
   *
   * @return what is wrong with it, {@code null} if nothing is
   */
  public @Nullable String take(Row row, int field, CellWriter cell) {
    try {
      return row.isNull(field) ? cell.missing() : value(row, field, cell);
    } catch (IllegalArgumentException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private @Nullable String value(Row row, int field, CellWriter cell) {
    FieldType type = row.schema().field(field).type();
    if (type instanceof FieldType.Real) {
      return cell.real(row.number(field));
    } else if (type instanceof FieldType.Date) {
      return cell.date(row.integer(field));
    } else if (type instanceof FieldType.Timestamp timestamp) {
      return cell.timestamp(row.integer(field), timestamp.utc());
    } else if (type instanceof FieldType.Tensor tensor) {
      int size = tensor.size();
      numbers = numbers.length < size ? new float[size] : numbers;
      row.tensor(field, numbers, 0);
      return cell.tensor(numbers, size);
    } else if (type instanceof FieldType.Text || type instanceof FieldType.Category) {
      String text = row.text(field);
      return text == null ? cell.missing() : cell.text(text);
    }
    return cell.whole(row.integer(field));
  }
}
