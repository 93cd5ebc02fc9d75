package dev.mlstack.core.profile;

import dev.mlstack.schema.Field;
import dev.mlstack.store.Value;
import java.util.List;

/**
 * What a column of tensors looks like, all their numbers taken together. Its cells are two: present
 * and missing.
 *
 * @param field the column
 * @param missing how many tensors are missing
 * @param present how many are not
 * @param min the least number; NaN if there is none, or if one is NaN
 * @param max the greatest number
 * @param mean the mean of all numbers
 */
public record TensorProfile(
    Field field, long missing, long present, double min, double max, double mean)
    implements ColumnProfile {

  /** What the cell of tensors that are not missing is called. */
  public static final String PRESENT = "present";

  @Override
  public List<String> cells() {
    return List.of(PRESENT, MISSING);
  }

  @Override
  public long[] counts() {
    return new long[] {present, missing};
  }

  @Override
  public Value.Doc toValue() {
    return Value.doc()
        .put("field", field.toValue())
        .put("missing", missing)
        .put("present", present)
        .put("min", min)
        .put("max", max)
        .put("mean", mean)
        .build();
  }

  static TensorProfile fromDoc(Value.Doc doc) {
    return new TensorProfile(
        Field.fromValue(doc.get("field")),
        doc.whole("missing"),
        doc.whole("present"),
        doc.real("min"),
        doc.real("max"),
        doc.real("mean"));
  }
}
