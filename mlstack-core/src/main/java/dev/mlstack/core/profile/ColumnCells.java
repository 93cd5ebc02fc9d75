package dev.mlstack.core.profile;

import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.store.Value;
import java.util.List;

/**
 * How all values that a column could have are divided into cells, the last of which is for those
 * that are missing, and how many profiled rows are in each.
 */
public sealed interface ColumnCells permits NumberCells, TextCells, HashCells {

  /** What the cell of missing values is called. */
  String MISSING = "missing";

  /** Returns the column. */
  Field field();

  /** Returns what people call each cell, such as {@code [1.5, 2.0)}, {@code red} or missing. */
  List<String> names();

  /** Returns how many rows are in each cell, as a new array. */
  long[] counts();

  /**
   * Returns the cells that a document of the type {@code profile/1} describes.
   *
   * @throws IllegalArgumentException if it describes none
   */
  static ColumnCells fromFirstVersion(Value value) {
    Value.Doc doc = value.asDoc();
    FieldType type = Field.fromValue(doc.get("field")).type();
    if (type instanceof FieldType.Text || type instanceof FieldType.Category) {
      return TextCells.fromFirstVersion(doc);
    }
    return NumberCells.fromFirstVersion(doc);
  }
}
