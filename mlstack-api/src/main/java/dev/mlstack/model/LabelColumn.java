package dev.mlstack.model;

import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.table.DataException;
import dev.mlstack.table.Row;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToIntFunction;

/** One predicted column: how it stands in data and how its values become numbers. */
sealed interface LabelColumn {

  /** Returns what a model gives for it. */
  Output output();

  /** Returns its type where a label declares it. */
  FieldType fieldType();

  /** Writes the label of a row, which is not missing. */
  void read(Row row, int field, double[] to, int at);

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

    static OfClass flag(String column) {
      List<String> names = List.of("false", "true");
      return new OfClass(
          new Output.Classes(column, names, 1),
          FieldType.BOOL,
          text ->
              switch (Label.enumKey(text)) {
                case "0" -> 0;
                case "1" -> 1;
                default -> names.indexOf(Label.enumKey(text));
              });
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
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
      }
      return java.util.Objects.requireNonNull(row.text(field));
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
    public void read(Row row, int field, double[] to, int at) {
      Field actual = row.schema().field(field);
      if (!actual.type().equals(fieldType())) {
        throw new DataException(
            "label '" + actual.name() + "' must be a " + fieldType() + " but is " + actual.type());
      }
      float[] values = new float[output.width()];
      row.tensor(field, values, 0);
      for (int i = 0; i < values.length; i++) {
        to[at + i] = values[i];
      }
    }
  }
}
