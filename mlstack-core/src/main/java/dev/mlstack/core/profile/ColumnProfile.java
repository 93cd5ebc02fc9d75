package dev.mlstack.core.profile;

import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.store.Value;
import java.util.List;

/**
 * What one column of a dataset looks like. It divides all values that the column could have into
 * cells, the last of which is for those that are missing.
 */
public sealed interface ColumnProfile permits NumberProfile, TextProfile {

  /** What the cell of missing values is called. */
  String MISSING = "missing";

  /** Returns the column. */
  Field field();

  /** Returns how many values are missing. */
  long missing();

  /** Returns what people call each cell, such as {@code [1.5, 2.0)}, {@code red} or missing. */
  List<String> cells();

  /** Returns how many rows are in each cell, as a new array. */
  long[] counts();

  /** Returns the document that describes this profile. */
  Value.Doc toValue();

  /**
   * Returns the profile that a document describes.
   *
   * @throws IllegalArgumentException if it describes none
   */
  static ColumnProfile fromValue(Value value) {
    Value.Doc doc = value.asDoc();
    FieldType type = Field.fromValue(doc.get("field")).type();
    if (type instanceof FieldType.Text || type instanceof FieldType.Category) {
      return TextProfile.fromDoc(doc);
    }
    return NumberProfile.fromDoc(doc);
  }
}
