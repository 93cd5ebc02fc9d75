package dev.mlstack.model;

import dev.mlstack.schema.Schema;
import dev.mlstack.table.DataException;
import dev.mlstack.table.Row;
import java.util.List;

/** Turns the labels of rows of one schema into numbers. Immutable. */
public final class LabelReader {

  private final List<LabelColumn> columns;
  private final int[] fields;

  LabelReader(List<LabelColumn> columns, Schema rows) {
    this.columns = columns;
    this.fields = columns.stream().mapToInt(c -> rows.indexOf(c.output().column())).toArray();
    for (int i = 0; i < fields.length; i++) {
      columns.get(i).require(rows.field(fields[i]));
    }
  }

  /** Returns how many numbers the label of a row has. */
  public int width() {
    return columns.stream().mapToInt(c -> c.output().labelWidth()).sum();
  }

  /**
   * Writes the label of a row: a quantity, the index of a class, or the numbers of an array, for
   * each predicted column in order.
   *
   * @param row a row of the schema that this reader was made for
   * @param to takes {@link #width()} numbers
   * @param at the index in {@code to} of the first
   * @throws DataException if the row has no label or one that is not possible
   */
  public void read(Row row, double[] to, int at) {
    int place = at;
    for (int i = 0; i < fields.length; i++) {
      LabelColumn column = columns.get(i);
      if (row.isNull(fields[i])) {
        throw new DataException(
            "label '"
                + column.output().column()
                + "' is missing; rows without it cannot be learned from or evaluated on");
      }
      column.read(row, fields[i], to, place);
      place += column.output().labelWidth();
    }
  }
}
