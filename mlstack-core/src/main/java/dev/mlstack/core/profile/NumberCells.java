package dev.mlstack.core.profile;

import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.store.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * The cells of a column of numbers: its bins, and one for values that are missing, with NaN.
 *
 * @param field the column
 * @param missing how many values are missing
 * @param min the least number; NaN if there is none
 * @param max the greatest number; NaN if there is none
 * @param bins how the numbers are distributed
 */
public record NumberCells(Field field, long missing, double min, double max, Bins bins)
    implements ColumnCells {

  /**
   * Returns the cells of a column.
   *
   * @param shift that of the bins that are taken; not less than that of the profile
   */
  static NumberCells of(NumberProfile profile, int shift) {
    return new NumberCells(
        profile.field(),
        profile.missing(),
        profile.min(),
        profile.max(),
        Bins.of(profile.field().type(), profile.bins().coarsened(shift)));
  }

  static NumberCells fromFirstVersion(Value.Doc doc) {
    return new NumberCells(
        Field.fromValue(doc.get("field")),
        doc.whole("missing"),
        doc.real("min"),
        doc.real("max"),
        new Bins(
            doc.items("borders").stream().map(Value::asReal).toList(),
            doc.items("counts").stream().map(Value::asWhole).toList()));
  }

  @Override
  public List<String> names() {
    FieldType type = field.type() instanceof FieldType.Tensor ? FieldType.FLOAT64 : field.type();
    List<String> names = new ArrayList<>(new BinLabels(type, min, bins.borders()).all());
    names.add(MISSING);
    return names;
  }

  @Override
  public long[] counts() {
    int size = bins.counts().size();
    long[] counts = new long[size + 1];
    for (int i = 0; i < size; i++) {
      counts[i] = bins.counts().get(i);
    }
    counts[size] = missing;
    return counts;
  }
}
