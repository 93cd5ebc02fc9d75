package dev.mlstack.core.profile;

import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.table.ColumnData;
import dev.mlstack.table.Row;

/** Counts the values of one column in its cells. */
abstract class CellCounter {

  private final ColumnCells cells;
  final int field;
  final long[] counts;
  long unseen;

  /**
   * Creates a counter of nothing.
   *
   * @param field the index of the column in rows that are counted one by one
   */
  CellCounter(ColumnCells cells, int field) {
    this.cells = cells;
    this.field = field;
    this.counts = new long[cells.counts().length];
  }

  static CellCounter of(ColumnCells cells, int index) {
    if (cells instanceof NumberCells numbers) {
      return new NumberCounter(numbers, index);
    } else if (cells instanceof TextCells texts) {
      return new TextCounter(texts, index);
    }
    return new HashCounter((HashCells) cells, index);
  }

  /** Checks that a column can be counted in these cells. */
  final void requireSameKind(Field actual) {
    if (kind(actual.type()) != kind(cells.field().type())) {
      throw new IllegalArgumentException(
          "column '"
              + actual.name()
              + "' must be like "
              + cells.field().type()
              + " of the profile but is "
              + actual.type());
    }
  }

  private static int kind(FieldType type) {
    if (type instanceof FieldType.Text || type instanceof FieldType.Category) {
      return 0;
    }
    return type instanceof FieldType.Tensor ? 1 : 2;
  }

  final ColumnCells cells() {
    return cells;
  }

  final String name() {
    return cells.field().name();
  }

  final void merge(CellCounter other) {
    for (int i = 0; i < counts.length; i++) {
      counts[i] += other.counts[i];
    }
    unseen += other.unseen;
  }

  /** Counts the column of a row. */
  abstract void add(Row row);

  /** Counts a column. */
  abstract void add(ColumnData data);

  /** Counts the rows of another profile, in cells that it knows the counts of. */
  abstract void add(ColumnProfile profile);
}
