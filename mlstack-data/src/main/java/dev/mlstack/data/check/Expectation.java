package dev.mlstack.data.check;

import dev.mlstack.schema.Field;
import dev.mlstack.schema.Schema;
import dev.mlstack.store.Value;

/**
 * What a {@link Rule} demands of a column or a table. Immutable; equal if the documents are.
 *
 * <p>Most test rows, and so can tell which fail; the others, which {@linkplain #isWhole() look at
 * all rows together}, measure something and can only say whether that is as it must be.
 */
interface Expectation {

  /** Returns what a value must be, to follow its column. */
  String demand();

  /** Adds to a document what this is. */
  Value.Doc.Builder describe(Value.Doc.Builder doc);

  /** Tells whether this is about all rows together rather than each. */
  default boolean isWhole() {
    return false;
  }

  /** Tells whether reports of version 1 could have it. */
  default boolean isFirstForm() {
    return false;
  }

  /**
   * Starts to test a column.
   *
   * @param column its name; for a rule about the table, what {@link Rule#column()} says
   * @throws IllegalArgumentException if it is of a type that this does not apply to
   */
  RuleTest start(Schema schema, String column);

  /** Returns the index of a column of a type that is needed; throws if it is of another. */
  default int require(
      Schema schema, String column, String needed, java.util.function.Predicate<Field> accepts) {
    int index = schema.indexOf(column);
    Field field = schema.field(index);
    if (!accepts.test(field)) {
      throw new IllegalArgumentException(
          "rule '"
              + column
              + " "
              + demand()
              + "' needs "
              + needed
              + ", but the column is of type "
              + field.type());
    }
    return index;
  }
}
