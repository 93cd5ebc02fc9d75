package dev.mlstack.data.jdbc;

import dev.mlstack.data.internal.CellWriter;
import java.lang.reflect.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads arrays of numbers, and arrays of such arrays; for use by one thread at a time. */
final class JdbcArray implements JdbcCell {

  private final int index;
  private float[] numbers = new float[16];
  private int count;

  JdbcArray(int index) {
    this.index = index;
  }

  @Override
  public @Nullable String read(ResultSet rows, CellWriter cell) throws SQLException {
    Object values = values(rows);
    if (values == null) {
      return cell.missing();
    }
    count = 0;
    String problem = flatten(values);
    return problem == null ? cell.tensor(numbers, count) : problem;
  }

  private @Nullable Object values(ResultSet rows) throws SQLException {
    java.sql.Array array = rows.getArray(index);
    if (array == null) {
      return null;
    }
    Object values = array.getArray();
    array.free();
    return values;
  }

  private @Nullable String flatten(@Nullable Object value) {
    if (value instanceof Number number) {
      if (count == numbers.length) {
        numbers = Arrays.copyOf(numbers, 2 * count);
      }
      // A float is the nearest to a double, and a float that was widened before stays itself.
      numbers[count++] = (float) number.doubleValue();
      return null;
    } else if (value == null) {
      return "a number of a tensor is missing";
    } else if (!value.getClass().isArray()) {
      return "an array of something other than numbers";
    }
    String problem = null;
    for (int i = 0; i < Array.getLength(value) && problem == null; i++) {
      problem = flatten(Array.get(value, i));
    }
    return problem;
  }

  /**
   * Returns the shape of the array of the current row; {@code null} if there is none, empty if it
   * is not one of numbers, is empty, or has sides of several lengths.
   */
  @Nullable List<Integer> shape(ResultSet rows) throws SQLException {
    Object value = values(rows);
    if (value == null) {
      return null;
    }
    count = 0;
    List<Integer> shape = new ArrayList<>();
    Object first = value;
    while (first != null && first.getClass().isArray() && Array.getLength(first) > 0) {
      shape.add(Array.getLength(first));
      first = Array.get(first, 0);
    }
    boolean numeric = first instanceof Number && flatten(value) == null;
    boolean regular = shape.stream().reduce(1, (a, b) -> a * b) == count;
    return numeric && regular ? shape : List.of();
  }
}
