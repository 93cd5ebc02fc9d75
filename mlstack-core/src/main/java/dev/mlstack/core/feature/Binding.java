package dev.mlstack.core.feature;

import dev.mlstack.core.table.ColumnNames;
import dev.mlstack.schema.Field;
import dev.mlstack.schema.Schema;
import java.util.List;

/** Finds the columns that a pipeline reads in the schema of the rows that it is given. */
final class Binding {

  private Binding() {}

  /**
   * Returns the indexes of the columns of each chain.
   *
   * @param input the columns as they were in training
   * @param rows the schema of the rows to encode
   * @throws IllegalArgumentException if a column is not there or of an unsuitable type
   */
  static int[][] columns(List<Chain> chains, Schema input, Schema rows) {
    List<String> missing =
        input.names().stream().filter(name -> rows.find(name).isEmpty()).toList();
    if (!missing.isEmpty()) {
      throw new IllegalArgumentException(
          "the pipeline reads more than it is given: there is no column "
              + ColumnNames.missing(missing, rows.names()));
    }
    int[][] columns = new int[chains.size()][];
    for (int i = 0; i < columns.length; i++) {
      Chain chain = chains.get(i);
      columns[i] =
          chain.input().columns().stream()
              .mapToInt(column -> column(chain.reading(), column, input, rows))
              .toArray();
    }
    return columns;
  }

  private static int column(Reading reading, String column, Schema input, Schema rows) {
    Field fitted = input.field(column);
    Field given = rows.field(column);
    if (!reading.accepts(fitted.type(), given.type())) {
      throw new IllegalArgumentException(
          "column '"
              + column
              + "' is "
              + given.type()
              + " but was "
              + fitted.type()
              + " in training; give "
              + reading.accepted(fitted.type())
              + ", or fit the pipeline anew");
    }
    return rows.indexOf(column);
  }
}
