package dev.mlstack.core.feature;

import dev.mlstack.core.table.ColumnNames;
import dev.mlstack.schema.Field;
import dev.mlstack.schema.Schema;
import java.util.List;

/** Checks that the rows that a pipeline is given have the columns that it reads. */
final class Binding {

  private Binding() {}

  /**
   * Checks that all columns are there and of types that the chains can take.
   *
   * @param input the columns as they were in training
   * @param rows the schema of the rows to encode
   * @throws IllegalArgumentException if a column is not there or of an unsuitable type
   */
  static void require(List<Chain> chains, Schema input, Schema rows) {
    List<String> missing =
        input.names().stream().filter(name -> rows.find(name).isEmpty()).toList();
    if (!missing.isEmpty()) {
      throw new IllegalArgumentException(
          "the pipeline reads more than it is given: there is no column "
              + ColumnNames.missing(missing, rows.names()));
    }
    for (Chain chain : chains) {
      if (chain.input() instanceof ChainInput.Formula) {
        requireComputable(chain, input, rows);
      } else {
        chain.input().columns().forEach(c -> requireAccepted(chain.reading(), c, input, rows));
      }
    }
  }

  private static void requireComputable(Chain chain, Schema input, Schema rows) {
    try {
      chain.input().requireColumns(chain.reading(), rows);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "'"
              + chain.name()
              + "' cannot be computed: "
              + e.getMessage()
              + "; in training the columns were "
              + chain.input().columns().stream().map(input::field).toList(),
          e);
    }
  }

  private static void requireAccepted(Reading reading, String column, Schema input, Schema rows) {
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
  }
}
