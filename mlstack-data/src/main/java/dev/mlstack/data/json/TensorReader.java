package dev.mlstack.data.json;

import dev.mlstack.data.internal.CellWriter;
import dev.mlstack.schema.FieldType;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads arrays of numbers: nested as the shape says, or all in one array, the last dimension
 * fastest. For use by one thread at a time.
 */
final class TensorReader {

  private final JsonCursor cursor;
  private float[] numbers = new float[16];
  private int count;
  private @Nullable String problem;

  TensorReader(JsonCursor cursor) {
    this.cursor = cursor;
  }

  /** Takes the array before which the cursor stands; returns what is wrong, if anything is. */
  @Nullable String read(FieldType.Tensor type, CellWriter cell) throws JsonFault {
    count = 0;
    problem = null;
    array(type, 0);
    return problem == null ? cell.tensor(numbers, count) : problem;
  }

  private void array(FieldType.Tensor type, int dimension) throws JsonFault {
    cursor.enter();
    int items = 0;
    boolean nested = false;
    while (cursor.more(items == 0, ']')) {
      int c = cursor.peek();
      if (c == '[') {
        nested = true;
        array(type, dimension + 1);
      } else {
        number(c);
      }
      items++;
    }
    requireShape(type.shape(), dimension, items, nested);
  }

  private void requireShape(List<Integer> shape, int dimension, int items, boolean nested) {
    boolean flat = dimension == 0 && !nested;
    boolean last = dimension == shape.size() - 1;
    boolean fits =
        flat || (dimension < shape.size() && nested != last && shape.get(dimension) == items);
    if (!fits && problem == null) {
      problem = "an array of another shape than " + shape;
    }
  }

  private void number(int c) throws JsonFault {
    if (c == '"') {
      word();
      return;
    } else if (c == '{' || c == 't' || c == 'f' || c == 'n') {
      cursor.skipValue();
      String what = c == 'n' ? "a number of a tensor is missing" : "something is no number";
      problem = problem == null ? what : problem;
      return;
    }
    cursor.readNumber();
    add((float) cursor.real());
  }

  /** Reads a text, which may stand for a number that JSON has not. */
  private void word() throws JsonFault {
    cursor.readString();
    if (JsonGuess.isNumberWord(cursor.text(), cursor.textFrom(), cursor.textTo())) {
      String word = cursor.textString();
      boolean nan = word.equals("NaN");
      add(
          nan
              ? Float.NaN
              : word.startsWith("-") ? Float.NEGATIVE_INFINITY : Float.POSITIVE_INFINITY);
    } else {
      problem = problem == null ? "something is no number" : problem;
    }
  }

  private void add(float number) {
    if (count == numbers.length) {
      numbers = Arrays.copyOf(numbers, 2 * count);
    }
    numbers[count++] = number;
  }
}
