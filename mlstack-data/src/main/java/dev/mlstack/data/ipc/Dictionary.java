package dev.mlstack.data.ipc;

import dev.mlstack.data.columnar.ColumnType;
import dev.mlstack.data.columnar.LittleEndian;
import dev.mlstack.data.columnar.RawColumn;

/**
 * The values that a column refers to by their numbers. Immutable, so that those who read are not
 * disturbed by more values that arrive.
 *
 * @param type the type of the values
 * @param values the values
 */
record Dictionary(ColumnType type, RawColumn values) {

  /** Returns the dictionary that has the values of another behind its own. */
  Dictionary plus(Dictionary more) {
    int first = values.rows();
    int rows = Math.addExact(first, more.values.rows());
    RawColumn all = new RawColumn();
    all.start(rows, type.width());
    int end = 0;
    for (int row = 0; row < rows; row++) {
      RawColumn from = row < first ? values : more.values;
      end = copy(from, row < first ? row : row - first, all, row, end);
    }
    return new Dictionary(type, all);
  }

  /**
   * Looks values up.
   *
   * @param indexes the numbers; a missing one is a missing value
   * @param index the type of the numbers
   */
  void lookUp(RawColumn indexes, ColumnType index, RawColumn to) {
    int rows = indexes.rows();
    int width = index.width();
    to.start(rows, type.width());
    int end = 0;
    for (int row = 0; row < rows; row++) {
      if (indexes.isPresent(row)) {
        long number = LittleEndian.whole(indexes.values(), row * width, width);
        if (index instanceof ColumnType.Int whole && !whole.signed() && width < Long.BYTES) {
          number &= (1L << whole.bits()) - 1;
        }
        if (number < 0 || number >= values.rows()) {
          throw new IllegalArgumentException(
              "row " + row + " has number " + number + " of " + values.rows() + " in a dictionary");
        }
        end = copy(values, (int) number, to, row, end);
      } else if (type.width() < 0) {
        to.offsets()[row + 1] = end;
      }
    }
  }

  /** Copies a value; returns where the next one begins if values have any length. */
  private int copy(RawColumn from, int fromRow, RawColumn to, int toRow, int end) {
    if (from.isPresent(fromRow)) {
      to.setPresent(toRow);
    }
    int width = type.width();
    if (width >= 0) {
      System.arraycopy(from.values(), fromRow * width, to.values(), toRow * width, width);
      return 0;
    }
    int start = from.offsets()[fromRow];
    int length = from.isPresent(fromRow) ? from.offsets()[fromRow + 1] - start : 0;
    System.arraycopy(from.values(), start, to.reserve((long) end + length), end, length);
    to.offsets()[toRow + 1] = end + length;
    return end + length;
  }
}
