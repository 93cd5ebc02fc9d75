package dev.mlstack.data.columnar;

import java.util.ArrayList;
import java.util.List;

/** The values of one column in one batch that cannot be kept. For use by one thread at a time. */
final class BadValues {

  /** What a required column says of a row without a value. */
  static final String MISSING = "a value is missing, and the column must have one";

  private static final int MAX_VALUE_LENGTH = 1000;

  private final List<BadValue> all = new ArrayList<>();

  /** A value and what is wrong with it. */
  record BadValue(int row, String value, String reason) {}

  void add(int row, String value, String reason) {
    String shown =
        value.length() <= MAX_VALUE_LENGTH ? value : value.substring(0, MAX_VALUE_LENGTH) + "…";
    all.add(new BadValue(row, shown, reason));
  }

  List<BadValue> all() {
    return all;
  }

  void clear() {
    all.clear();
  }
}
