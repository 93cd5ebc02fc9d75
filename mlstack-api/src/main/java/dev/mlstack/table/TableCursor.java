package dev.mlstack.table;

import dev.mlstack.schema.Schema;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Walks over the rows of a table. The cursor is itself the {@link Row} at which it stands; it
 * allocates nothing as it moves. For use by one thread, as long as the table is borrowed.
 */
public final class TableCursor implements Row {

  private final Table table;
  private final ColumnData[] columns;

  // The same columns in the form that each has, null elsewhere: looking into an array is several
  // times as fast as asking a column for its interfaces.
  private final @Nullable LongColumn[] longs;
  private final @Nullable DoubleColumn[] doubles;
  private final @Nullable TextColumn[] texts;
  private final @Nullable CategoryColumn[] categories;

  private int row = -1;

  TableCursor(Table table) {
    this.table = table;
    int size = table.schema().size();
    this.columns = new ColumnData[size];
    this.longs = new LongColumn[size];
    this.doubles = new DoubleColumn[size];
    this.texts = new TextColumn[size];
    this.categories = new CategoryColumn[size];
    for (int i = 0; i < size; i++) {
      columns[i] = table.column(i);
      longs[i] = columns[i] instanceof LongColumn column ? column : null;
      doubles[i] = columns[i] instanceof DoubleColumn column ? column : null;
      texts[i] = columns[i] instanceof TextColumn column ? column : null;
      categories[i] = columns[i] instanceof CategoryColumn column ? column : null;
    }
  }

  /**
   * Moves to the next row.
   *
   * @return whether there is one
   */
  public boolean next() {
    if (row < table.rows()) {
      row++;
    }
    return row < table.rows();
  }

  /** Moves to a row. */
  public TableCursor moveTo(int newRow) {
    row = Objects.checkIndex(newRow, table.rows());
    return this;
  }

  /** Returns the index of the row in its table. */
  public int index() {
    return row;
  }

  /** Returns the identity of the row. */
  public long rowId() {
    return table.rowId(row);
  }

  @Override
  public Schema schema() {
    return table.schema();
  }

  @Override
  public boolean isNull(int field) {
    return columns[field].isNull(row);
  }

  @Override
  public double number(int field) {
    DoubleColumn column = doubles[field];
    if (column != null) {
      return column.get(row);
    }
    LongColumn whole = longs[field];
    if (whole != null) {
      return whole.isNull(row) ? Double.NaN : whole.get(row);
    }
    throw WrongAccess.of(columns[field].field(), "a number");
  }

  @Override
  public long integer(int field) {
    LongColumn column = longs[field];
    if (column != null) {
      return column.get(row);
    }
    throw WrongAccess.of(columns[field].field(), "a whole number");
  }

  @Override
  public @Nullable String text(int field) {
    TextColumn column = texts[field];
    if (column != null) {
      return column.get(row);
    }
    CategoryColumn category = categories[field];
    if (category != null) {
      int code = category.code(row);
      return code < 0 ? null : category.values().get(code);
    }
    throw WrongAccess.of(columns[field].field(), "text");
  }

  @Override
  public void tensor(int field, float[] to, int at) {
    if (columns[field] instanceof TensorColumn tensors) {
      tensors.read(row, to, at);
    } else {
      throw WrongAccess.of(columns[field].field(), "a tensor");
    }
  }
}
