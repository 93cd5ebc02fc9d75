package dev.mlstack.core.profile;

import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.store.Value;

/** What one column of a dataset looks like. Immutable. */
public sealed interface ColumnProfile permits NumberProfile, TextProfile {

  /** Returns the column. */
  Field field();

  /** Returns how many rows there are. */
  long rows();

  /** Returns how many rows have no value at all. */
  long nulls();

  /** Returns how many values are missing: null, or of reals also not a number. */
  long missing();

  /** Returns which share of the rows is missing, from 0 to 1; 0 if there is no row. */
  default double missingShare() {
    return rows() == 0 ? 0 : (double) missing() / rows();
  }

  /** Returns how many different values there are, apart from missing ones: exactly or about. */
  long distinct();

  /** Returns the relative standard error of {@link #distinct()}; 0 if it is exact. */
  double distinctError();

  /**
   * Returns about which share of the values that are not missing is different, from 0 to 1: 1 if no
   * value occurs twice; 0 if there is none.
   */
  default double distinctShare() {
    long values = rows() - missing();
    return values == 0 ? 0 : Math.min(1, (double) distinct() / values);
  }

  /**
   * Returns the profile of all rows of two profiles.
   *
   * @param other of an equal field
   */
  ColumnProfile merge(ColumnProfile other);

  /** Returns the cells in which other rows are compared with these. */
  ColumnCells cells();

  /** Returns the document that describes this profile. */
  Value.Doc toValue();

  /**
   * Returns the profile that a document describes.
   *
   * @throws IllegalArgumentException if it describes none
   */
  static ColumnProfile fromValue(Value value) {
    Value.Doc doc = value.asDoc();
    Field field = Field.fromValue(doc.get("field"));
    FieldType type = field.type();
    if (type instanceof FieldType.Text || type instanceof FieldType.Category) {
      return TextProfile.fromDoc(field, doc);
    }
    return NumberProfile.fromDoc(field, doc);
  }
}
