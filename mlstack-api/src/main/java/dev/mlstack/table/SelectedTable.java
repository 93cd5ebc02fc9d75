package dev.mlstack.table;

import dev.mlstack.schema.Field;
import dev.mlstack.schema.Schema;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Some rows of a table, without copying them. */
final class SelectedTable implements Table {

  private final Table table;
  private final int[] rows;

  SelectedTable(Table table, int[] rows) {
    this.table = table;
    this.rows = rows.clone();
    for (int row : rows) {
      Objects.checkIndex(row, table.rows());
    }
  }

  @Override
  public Schema schema() {
    return table.schema();
  }

  @Override
  public int rows() {
    return rows.length;
  }

  @Override
  public long rowId(int row) {
    return table.rowId(rows[row]);
  }

  /** Selects from the whole table, so that selections of selections read no slower. */
  @Override
  public Table select(int... selection) {
    int[] selected = new int[selection.length];
    for (int i = 0; i < selected.length; i++) {
      selected[i] = rows[selection[i]];
    }
    return new SelectedTable(table, selected);
  }

  @Override
  public ColumnData column(int index) {
    ColumnData column = table.column(index);
    if (column instanceof LongColumn longs) {
      return new Longs(longs, rows);
    } else if (column instanceof DoubleColumn doubles) {
      return new Doubles(doubles, rows);
    } else if (column instanceof TextColumn texts) {
      return new Texts(texts, rows);
    } else if (column instanceof CategoryColumn categories) {
      return new Categories(categories, rows);
    }
    return new Tensors((TensorColumn) column, rows);
  }

  /** What the five forms have in common. */
  abstract static class Selected<C extends ColumnData> {
    final C column;
    final int[] selection;

    Selected(C column, int[] selection) {
      this.column = column;
      this.selection = selection;
    }

    public Field field() {
      return column.field();
    }

    public int rows() {
      return selection.length;
    }

    public boolean isNull(int row) {
      return column.isNull(selection[row]);
    }

    public boolean hasNulls() {
      return column.hasNulls();
    }
  }

  private static final class Longs extends Selected<LongColumn> implements LongColumn {
    Longs(LongColumn column, int[] selection) {
      super(column, selection);
    }

    @Override
    public long get(int row) {
      return column.get(selection[row]);
    }
  }

  private static final class Doubles extends Selected<DoubleColumn> implements DoubleColumn {
    Doubles(DoubleColumn column, int[] selection) {
      super(column, selection);
    }

    @Override
    public double get(int row) {
      return column.get(selection[row]);
    }
  }

  private static final class Texts extends Selected<TextColumn> implements TextColumn {
    Texts(TextColumn column, int[] selection) {
      super(column, selection);
    }

    @Override
    public @Nullable String get(int row) {
      return column.get(selection[row]);
    }
  }

  private static final class Categories extends Selected<CategoryColumn> implements CategoryColumn {
    Categories(CategoryColumn column, int[] selection) {
      super(column, selection);
    }

    @Override
    public int code(int row) {
      return column.code(selection[row]);
    }

    @Override
    public List<String> values() {
      return column.values();
    }
  }

  private static final class Tensors extends Selected<TensorColumn> implements TensorColumn {
    Tensors(TensorColumn column, int[] selection) {
      super(column, selection);
    }

    @Override
    public void read(int row, float[] to, int at) {
      column.read(selection[row], to, at);
    }
  }
}
