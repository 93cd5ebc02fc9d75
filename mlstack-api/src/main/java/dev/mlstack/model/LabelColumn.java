package dev.mlstack.model;

import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.store.Value;
import dev.mlstack.table.DataException;
import dev.mlstack.table.Row;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToIntFunction;

/** One predicted column: how it stands in data and how its values become numbers. */
sealed interface LabelColumn {

  /** Returns what a model gives for it. */
  Output output();

  /** Returns its type where a label declares it. */
  FieldType fieldType();

  /**
   * Checks that the labels can be read from a column.
   *
   * @throws IllegalArgumentException if its type is unsuitable
   */
  void require(Field actual);

  /** Writes the label of a row, which is not missing. */
  void read(Row row, int field, double[] to, int at);

  private static void require(boolean suitable, Field actual, String as) {
    if (!suitable) {
      throw new IllegalArgumentException(
          "label '" + actual.name() + "' must be " + as + " but its column is " + actual.type());
    }
  }

  /** A number. */
  record OfNumber(String column) implements LabelColumn {
    @Override
    public Output.Quantity output() {
      return new Output.Quantity(column);
    }

    @Override
    public FieldType fieldType() {
      return FieldType.FLOAT64;
    }

    @Override
    public void require(Field actual) {
      LabelColumn.require(actual.type().isNumeric(), actual, "a number");
    }

    @Override
    public void read(Row row, int field, double[] to, int at) {
      double value = row.number(field);
      if (!Double.isFinite(value)) {
        throw new DataException("label '" + column + "' must be finite but is " + value);
      }
      to[at] = value;
    }
  }

  /**
   * One of several classes.
   *
   * @param output the classes
   * @param fieldType the type of the column where the label declares it
   * @param index finds the index of a class by its text, or -1
   */
  record OfClass(Output.Classes output, FieldType fieldType, ToIntFunction<String> index)
      implements LabelColumn {

    /** Up to here every whole number has a double of its own: 2<sup>53</sup>. */
    private static final double MOST_WHOLE = 0x1p53;

    /** Returns the column whose texts are the classes. */
    static OfClass texts(Output.Classes output, FieldType fieldType) {
      Map<String, Integer> indexes = new HashMap<>();
      output.classes().forEach(name -> indexes.put(name, indexes.size()));
      return new OfClass(output, fieldType, text -> indexes.getOrDefault(text, -1));
    }

    /** Returns the column whose texts name constants of an enum, more or less. */
    static OfClass constants(Output.Classes output) {
      OfClass exact = texts(output, FieldType.category(output.classes()));
      Map<String, Integer> loose = new HashMap<>();
      for (String name : output.classes()) {
        // Constants that differ in case alone must be named exactly.
        loose.merge(key(name), exact.index.applyAsInt(name), (one, other) -> -1);
      }
      return new OfClass(
          output,
          exact.fieldType,
          text -> {
            int index = exact.index.applyAsInt(text);
            return index >= 0 ? index : loose.getOrDefault(key(text), -1);
          });
    }

    private static String key(String text) {
      return text.strip().toLowerCase(Locale.ROOT).replace('-', '_').replace(' ', '_');
    }

    static OfClass flag(String column) {
      Output.Classes output = Output.Classes.of(column, List.of("false", "true"));
      Map<String, Integer> indexes = Map.of("false", 0, "0", 0, "true", 1, "1", 1);
      return new OfClass(output, FieldType.BOOL, text -> indexes.getOrDefault(key(text), -1));
    }

    @Override
    public void require(Field actual) {
      FieldType type = actual.type();
      LabelColumn.require(
          type.isNumeric() || type instanceof FieldType.Text || type instanceof FieldType.Category,
          actual,
          "a text, a category, a number or a truth value");
    }

    @Override
    public void read(Row row, int field, double[] to, int at) {
      String text = textOf(row, field);
      int found = index.applyAsInt(text);
      if (found < 0) {
        throw new DataException(
            "label '"
                + output.column()
                + "' has the value '"
                + text
                + "', which is none of its classes "
                + output.classes());
      }
      to[at] = found;
    }

    private static String textOf(Row row, int field) {
      FieldType type = row.schema().field(field).type();
      if (type instanceof FieldType.Bool) {
        return row.integer(field) != 0 ? "true" : "false";
      } else if (type instanceof FieldType.Int) {
        return Long.toString(row.integer(field));
      } else if (type instanceof FieldType.Real) {
        double value = row.number(field);
        boolean whole = Math.abs(value) <= MOST_WHOLE && value == Math.rint(value);
        return whole ? Long.toString((long) value) : Value.of(value).canonicalJson();
      }
      return Objects.requireNonNull(row.text(field));
    }
  }

  /** An array of numbers. */
  record OfTensor(Output.Array output) implements LabelColumn {
    OfTensor(String column, int... shape) {
      this(new Output.Array(column, Arrays.stream(shape).boxed().toList()));
    }

    @Override
    public FieldType fieldType() {
      return new FieldType.Tensor(output.shape());
    }

    @Override
    public void require(Field actual) {
      LabelColumn.require(actual.type().equals(fieldType()), actual, "a " + fieldType());
    }

    @Override
    public void read(Row row, int field, double[] to, int at) {
      float[] values = new float[output.width()];
      row.tensor(field, values, 0);
      for (int i = 0; i < values.length; i++) {
        if (!Float.isFinite(values[i])) {
          throw new DataException(
              "label '"
                  + output.column()
                  + "' must be finite but its number at index "
                  + i
                  + " is "
                  + values[i]);
        }
        to[at + i] = values[i];
      }
    }
  }
}
