package dev.mlstack.model;

import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.schema.Role;
import dev.mlstack.schema.Schema;
import dev.mlstack.table.RecordMapper;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What is predicted: a column or several, and the type of the answer.
 *
 * <p>One label serves reading (it gives the schema its fields), training (it turns values into
 * numbers) and serving (it turns numbers into typed answers). Immutable.
 *
 * @param <A> the answer: {@link Classification}, {@link Regression}, {@link Outputs}, {@link
 *     Tensor} or bare numbers
 */
public final class Label<A> {

  /** How many classes a label that is a whole number can have: 65,536. */
  public static final int MOST_NUMBERED_CLASSES = 1 << 16;

  private final List<LabelColumn> columns;
  private final Function<double[], A> answer;
  private final int width;

  private Label(List<LabelColumn> columns, Function<double[], A> answer) {
    this.columns = List.copyOf(columns);
    this.answer = answer;
    this.width = columns.stream().mapToInt(column -> column.output().width()).sum();
  }

  /**
   * Returns the label that is one of two constants of an enum.
   *
   * @param column its column, whose texts name the constants; case, hyphens and blanks do not
   *     matter
   * @param positive the constant that is looked for; its enum has exactly two
   */
  public static <E extends Enum<E>> Label<Classification<E>> binary(String column, E positive) {
    List<E> constants = List.of(positive.getDeclaringClass().getEnumConstants());
    if (constants.size() != 2) {
      throw new IllegalArgumentException(
          "a binary label has two classes but "
              + positive.getDeclaringClass().getName()
              + " has "
              + constants);
    }
    return classified(
        LabelColumn.OfClass.constants(
            new Output.Classes(column, names(constants), constants.indexOf(positive))),
        constants);
  }

  /**
   * Returns the label that is one of the constants of an enum; of two, the second is positive.
   *
   * @param column its column, whose texts name the constants; case, hyphens and blanks do not
   *     matter
   * @param type an enum with two constants or more
   */
  public static <E extends Enum<E>> Label<Classification<E>> classes(String column, Class<E> type) {
    List<E> constants = List.of(type.getEnumConstants());
    return classified(
        LabelColumn.OfClass.constants(Output.Classes.of(column, names(constants))), constants);
  }

  private static List<String> names(List<? extends Enum<?>> constants) {
    return constants.stream().map(Enum::name).toList();
  }

  /**
   * Returns the label that is one of several texts.
   *
   * @param column its column
   * @param classes the texts, distinct, at least two; of two, the second is positive
   */
  public static Label<Classification<String>> classes(String column, List<String> classes) {
    Output.Classes output = Output.Classes.of(column, classes);
    return classified(
        LabelColumn.OfClass.texts(output, FieldType.category(output.classes())), output.classes());
  }

  /**
   * Returns the label that is a whole number in a range; of two, the second is positive.
   *
   * @param column its column
   * @param first the least class
   * @param last the greatest class, included; above {@code first}, by less than {@link
   *     #MOST_NUMBERED_CLASSES}
   */
  public static Label<Classification<Integer>> classes(String column, int first, int last) {
    if (last <= first || (long) last - first >= MOST_NUMBERED_CLASSES) {
      throw new IllegalArgumentException(
          "last must be above first, "
              + first
              + ", by less than "
              + MOST_NUMBERED_CLASSES
              + " but was "
              + last);
    }
    List<Integer> classes = IntStream.rangeClosed(first, last).boxed().toList();
    Output.Classes output =
        Output.Classes.of(column, classes.stream().map(String::valueOf).toList());
    return classified(LabelColumn.OfClass.texts(output, FieldType.INT64), classes);
  }

  /** Returns the label that is true or false; true is positive. */
  public static Label<Classification<Boolean>> flag(String column) {
    return classified(LabelColumn.OfClass.flag(column), List.of(false, true));
  }

  private static <E> Label<Classification<E>> classified(
      LabelColumn.OfClass column, List<E> classes) {
    return new Label<>(List.of(column), outputs -> new Classification<>(classes, outputs.clone()));
  }

  /** Returns the label that is a number. */
  public static Label<Regression> number(String column) {
    return new Label<>(
        List.of(new LabelColumn.OfNumber(column)), outputs -> new Regression(outputs[0]));
  }

  /** Returns the label that is an array of numbers. */
  public static Label<Tensor> tensor(String column, int... shape) {
    LabelColumn.OfTensor tensor = new LabelColumn.OfTensor(column, shape);
    return new Label<>(
        List.of(tensor), outputs -> new Tensor(tensor.output().shape(), outputs.clone()));
  }

  /**
   * Returns the label that is several columns, one for each component of a record.
   *
   * @param type a record whose components are {@code double} (a number), {@code boolean} or an enum
   *     (a class); see {@link RecordMapper#of(Class)} for which records are accessible
   */
  public static <R extends Record> Label<Outputs<R>> outputs(Class<R> type) {
    return outputs(RecordMapper.of(type), type);
  }

  /**
   * Returns the label that is several columns, for a record that {@code lookup} may look into.
   *
   * @see #outputs(Class)
   */
  public static <R extends Record> Label<Outputs<R>> outputs(
      Class<R> type, MethodHandles.Lookup lookup) {
    return outputs(RecordMapper.of(type, lookup), type);
  }

  private static <R extends Record> Label<Outputs<R>> outputs(
      RecordMapper<R> mapper, Class<R> type) {
    RecordComponent[] components = type.getRecordComponents();
    if (components.length == 0) {
      throw new IllegalArgumentException(
          "a record of outputs has one component or more but " + type.getName() + " has none");
    }
    List<LabelColumn> columns =
        IntStream.range(0, components.length)
            .mapToObj(i -> component(mapper.schema().field(i).name(), components[i].getType()))
            .toList();
    OutputsRow.Layout layout = new OutputsRow.Layout(mapper.schema(), columns);
    return new Label<>(
        columns, outputs -> new Outputs<>(mapper.record(new OutputsRow(layout, outputs))));
  }

  /**
   * Returns the label of a model whose answers have no type: the numbers themselves, as {@link
   * Model#score} gives them. For tools that work with any model.
   *
   * @param outputs what the model gives, as its {@linkplain Signature#outputs() signature} says
   */
  public static Label<double[]> numbers(List<Output> outputs) {
    return new Label<>(outputs.stream().map(Label::column).toList(), double[]::clone);
  }

  private static LabelColumn column(Output output) {
    if (output instanceof Output.Classes classes) {
      return LabelColumn.OfClass.texts(classes, FieldType.category(classes.classes()));
    } else if (output instanceof Output.Array array) {
      return new LabelColumn.OfTensor(array);
    }
    return new LabelColumn.OfNumber(output.column());
  }

  private static LabelColumn component(String column, Class<?> type) {
    if (type == double.class) {
      return new LabelColumn.OfNumber(column);
    } else if (type == boolean.class) {
      return LabelColumn.OfClass.flag(column);
    } else if (type.isEnum()) {
      List<String> names =
          Arrays.stream(type.getEnumConstants()).map(c -> ((Enum<?>) c).name()).toList();
      return LabelColumn.OfClass.constants(Output.Classes.of(column, names));
    }
    throw new IllegalArgumentException(
        "component '"
            + column
            + "' of the outputs must be a double, a boolean or an enum but is a "
            + type.getName());
  }

  /** Returns what a model gives for this label, in order. */
  public List<Output> outputs() {
    return columns.stream().map(LabelColumn::output).collect(Collectors.toUnmodifiableList());
  }

  /** Returns the names of the predicted columns, in order. */
  public Set<String> columns() {
    return columns.stream()
        .map(c -> c.output().column())
        .collect(
            Collectors.collectingAndThen(
                Collectors.toCollection(LinkedHashSet::new), Collections::unmodifiableSet));
  }

  /** Returns the fields that this label adds to a schema: required, in the role of a label. */
  public List<Field> fields() {
    return columns.stream()
        .map(c -> Field.of(c.output().column(), c.fieldType()).required().withRole(Role.LABEL))
        .toList();
  }

  /**
   * Returns the typed answer for the numbers that a model gave for one row.
   *
   * @param outputs as many numbers as the widths of {@link #outputs()} add up to; copied
   * @throws IllegalArgumentException if they are more or fewer
   */
  public A answer(double[] outputs) {
    if (outputs.length != width) {
      throw new IllegalArgumentException(
          "an answer for "
              + columns()
              + " is made of "
              + width
              + " numbers but was given "
              + outputs.length);
    }
    return answer.apply(outputs);
  }

  /**
   * Returns what turns the labels of rows into numbers.
   *
   * @param rows the schema of the rows
   * @throws IllegalArgumentException if a predicted column is not there, or of a type that cannot
   *     be read as such a label
   */
  public LabelReader reader(Schema rows) {
    return new LabelReader(columns, rows);
  }

  /** Returns what is predicted. */
  @Override
  public String toString() {
    return "label " + outputs();
  }
}
