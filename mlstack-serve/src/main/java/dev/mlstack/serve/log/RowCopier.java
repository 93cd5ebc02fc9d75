package dev.mlstack.serve.log;

import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.schema.Schema;
import dev.mlstack.table.Row;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Copies rows of one schema into a form that nobody can change, in which every value is just what
 * the log will store: a real of 32 bits is rounded to one, there is one NaN, and -0.0 is 0.0.
 *
 * <p>So a model that is asked with the copy is asked the same again when the log is replayed. What
 * the schema does not allow is found here, before anybody answers. Immutable and safe for use by
 * several threads.
 */
public final class RowCopier {

  /** How a field is kept. */
  enum Form {
    REAL,
    NARROW_REAL,
    WHOLE,
    TEXT,
    TENSOR
  }

  /** Stands among the objects for a number that is missing. */
  static final Object MISSING = new Object();

  private static final @Nullable Object[] NO_OBJECTS = {};

  private final Schema schema;
  private final Form[] forms;
  private final List<Column> columns;
  private final boolean hasObjects;

  /**
   * What is allowed in a field.
   *
   * @param least the least whole number
   * @param greatest the greatest whole number
   * @param categories the only texts, unless it is empty
   * @param size how many numbers a tensor has
   */
  private record Column(
      Field field, Form form, long least, long greatest, Set<String> categories, int size) {

    static Column of(Field field) {
      FieldType type = field.type();
      if (type instanceof FieldType.Real real) {
        return new Column(
            field, real.bits() == Float.SIZE ? Form.NARROW_REAL : Form.REAL, 0, 0, Set.of(), 0);
      } else if (type instanceof FieldType.Text) {
        return new Column(field, Form.TEXT, 0, 0, Set.of(), 0);
      } else if (type instanceof FieldType.Category category) {
        Set<String> categories = category.values().stream().collect(Collectors.toUnmodifiableSet());
        return new Column(field, Form.TEXT, 0, 0, categories, 0);
      } else if (type instanceof FieldType.Tensor tensor) {
        return new Column(field, Form.TENSOR, 0, 0, Set.of(), tensor.size());
      } else if (type instanceof FieldType.Bool) {
        return new Column(field, Form.WHOLE, 0, 1, Set.of(), 0);
      }
      int unused = Long.SIZE - bits(type);
      return new Column(
          field, Form.WHOLE, Long.MIN_VALUE >> unused, Long.MAX_VALUE >> unused, Set.of(), 0);
    }

    private static int bits(FieldType type) {
      if (type instanceof FieldType.Int integer) {
        return integer.bits();
      }
      return type instanceof FieldType.Date ? Integer.SIZE : Long.SIZE;
    }

    private IllegalArgumentException wrong(String what) {
      return new IllegalArgumentException("column '" + field.name() + "' " + what);
    }

    void requireNullable() {
      if (!field.nullable()) {
        throw wrong("must have a value but the row has none");
      }
    }

    long whole(Row row, int index) {
      long value = row.integer(index);
      if (value < least || value > greatest) {
        throw wrong("of type " + field.type() + " cannot hold the number " + value);
      }
      return value;
    }

    String text(String text) {
      if (!categories.isEmpty() && !categories.contains(text)) {
        throw wrong("is " + field.type() + " but the row has '" + text + "'");
      }
      if (!isWellFormed(text)) {
        throw wrong("has the text '" + text + "', which has half a surrogate pair");
      }
      return text;
    }

    private static boolean isWellFormed(String text) {
      for (int i = 0; i < text.length(); i++) {
        if (Character.isSurrogate(text.charAt(i))) {
          if (!Character.isSupplementaryCodePoint(text.codePointAt(i))) {
            return false;
          }
          i++;
        }
      }
      return true;
    }

    float[] tensor(Row row, int index) {
      float[] numbers = new float[size];
      row.tensor(index, numbers, 0);
      for (int i = 0; i < size; i++) {
        numbers[i] = Float.isNaN(numbers[i]) ? Float.NaN : numbers[i] + 0.0f;
      }
      return numbers;
    }
  }

  private RowCopier(Schema schema) {
    this.schema = schema;
    this.columns = schema.fields().stream().map(Column::of).toList();
    this.forms = columns.stream().map(Column::form).toArray(Form[]::new);
    this.hasObjects =
        columns.stream().anyMatch(c -> c.form() == Form.TEXT || c.form() == Form.TENSOR);
  }

  /** Returns what copies the rows of a schema. */
  public static RowCopier of(Schema schema) {
    return new RowCopier(schema);
  }

  /** Returns the schema of the rows that it copies. */
  public Schema schema() {
    return schema;
  }

  Form form(int field) {
    return forms[field];
  }

  /**
   * Returns a copy of a row.
   *
   * @param row a row of the schema
   * @throws IllegalArgumentException if it is of another schema, or has a value that its column
   *     cannot hold, or none where there must be one; the message names the column and the value
   */
  public Row copy(Row row) {
    if (!row.schema().equals(schema)) {
      throw new IllegalArgumentException(
          "the row must be of the schema " + schema + " but is of " + row.schema());
    }
    return copy(row, 0);
  }

  /** Copies as many fields of a row as the schema has, from one on. */
  CopiedRow copy(Row row, int first) {
    long[] numbers = new long[forms.length];
    @Nullable Object[] objects = hasObjects ? new Object[forms.length] : NO_OBJECTS;
    int bytes = numbers.length * Long.BYTES;
    for (int i = 0; i < forms.length; i++) {
      if (!row.isNull(first + i)) {
        bytes += copy(row, first + i, i, numbers, objects);
        continue;
      }
      columns.get(i).requireNullable();
      numbers[i] = Double.doubleToLongBits(Double.NaN);
      if (forms[i] != Form.TEXT && forms[i] != Form.TENSOR) {
        objects = objects.length == 0 ? new Object[forms.length] : objects;
        objects[i] = MISSING;
      }
    }
    return new CopiedRow(this, numbers, objects, bytes);
  }

  /** Copies a value that is there; returns how many bytes it takes besides its number. */
  private int copy(Row row, int from, int to, long[] numbers, @Nullable Object[] objects) {
    Column column = columns.get(to);
    switch (forms[to]) {
      case REAL -> numbers[to] = bits(row.number(from));
      case NARROW_REAL -> numbers[to] = bits((float) row.number(from));
      case WHOLE -> numbers[to] = column.whole(row, from);
      case TEXT -> {
        String text = column.text(Objects.requireNonNull(row.text(from)));
        objects[to] = text;
        return text.length();
      }
      case TENSOR -> {
        objects[to] = column.tensor(row, from);
        return column.size() * Float.BYTES;
      }
    }
    return 0;
  }

  private static long bits(double value) {
    return Double.doubleToLongBits(value + 0.0);
  }
}
