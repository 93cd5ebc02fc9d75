package dev.mlstack.table;

/**
 * A row that could not be read or did not pass a check, and was set aside.
 *
 * @param source what it was read from, such as the name of a file
 * @param line the line on which it begins, from 1; in a source without lines, its position
 * @param offset the byte at which it begins, from 0, or -1 if that is not known
 * @param column the column at fault; empty if it is the row as a whole
 * @param value the value at fault, as it was read
 * @param reason what is wrong with it, as one sentence without a full stop
 * @param text the row, as it was read
 */
public record RejectedRow(
    String source,
    long line,
    long offset,
    String column,
    String value,
    String reason,
    String text) {

  /** Returns where and what: {@code data.csv, line 7, column age, value 'x': not a number}. */
  @Override
  public String toString() {
    return source
        + ", line "
        + line
        + (column.isEmpty() ? "" : ", column " + column + ", value '" + value + "'")
        + ": "
        + reason;
  }
}
