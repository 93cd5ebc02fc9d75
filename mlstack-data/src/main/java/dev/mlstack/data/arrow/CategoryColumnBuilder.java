package dev.mlstack.data.arrow;

import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.table.CategoryColumn;
import dev.mlstack.table.ColumnData;

/** Collects values of type category, as their codes. */
public final class CategoryColumnBuilder extends BytesColumnBuilder {

  CategoryColumnBuilder(Field field, ArrowTableBuilder table) {
    super(field, table, Integer.BYTES);
  }

  /**
   * Sets the value of the current row.
   *
   * @param code an index into the values of the type; not checked
   */
  public void set(int code) {
    int row = row();
    markPresent(row);
    Bytes.putWhole(values, row * width, width, code);
  }

  @Override
  void copyValues(ColumnData column, int from, int count) {
    CategoryColumn categories = (CategoryColumn) column;
    for (int i = 0; i < count; i++) {
      int row = row() + i;
      Bytes.putWhole(values, row * width, width, isNull(row) ? 0 : categories.code(from + i));
    }
  }

  @Override
  byte[] encode() {
    int codeWidth = Canonical.codeWidth(((FieldType.Category) field().type()).values().size());
    byte[] bytes = encoding(0, (long) row() * codeWidth).array();
    int start = bytes.length - row() * codeWidth;
    for (int row = 0; row < row(); row++) {
      long code = Bytes.whole(values, row * width, width);
      Bytes.putWhole(bytes, start + row * codeWidth, codeWidth, code);
    }
    return bytes;
  }
}
