package dev.mlstack.core.expr;

import dev.mlstack.schema.Schema;
import dev.mlstack.table.CategoryColumn;
import dev.mlstack.table.Row;
import dev.mlstack.table.Table;
import org.jspecify.annotations.Nullable;

/** A row that has nothing but one category: what is computed of it alone is computed once. */
final class CategoryRow implements Row {

  private final Schema schema;
  private final int field;
  private @Nullable String text;

  CategoryRow(Schema schema, int field) {
    this.schema = schema;
    this.field = field;
  }

  CategoryRow with(@Nullable String newText) {
    text = newText;
    return this;
  }

  /** Returns the codes of some rows of a table. */
  static int[] codes(Table table, int field, int from, int count) {
    int[] codes = new int[count];
    ((CategoryColumn) table.column(field)).read(from, count, codes, 0);
    return codes;
  }

  @Override
  public Schema schema() {
    return schema;
  }

  @Override
  public boolean isNull(int index) {
    return text(index) == null;
  }

  @Override
  public @Nullable String text(int index) {
    if (index != field) {
      throw wrong(index);
    }
    return text;
  }

  @Override
  public double number(int index) {
    throw wrong(index);
  }

  @Override
  public long integer(int index) {
    throw wrong(index);
  }

  @Override
  public void tensor(int index, float[] to, int at) {
    throw wrong(index);
  }

  private static IllegalArgumentException wrong(int index) {
    return new IllegalArgumentException("the row has no value of column " + index);
  }
}
