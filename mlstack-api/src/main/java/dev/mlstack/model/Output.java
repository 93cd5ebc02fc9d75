package dev.mlstack.model;

import dev.mlstack.schema.FieldType;
import dev.mlstack.store.Value;
import java.util.HashSet;
import java.util.List;

/**
 * One thing that a model predicts, and how many numbers it takes for it.
 *
 * <p>In a training example a class is one number, its index; in an answer it is the probability of
 * each class.
 */
public sealed interface Output {

  /** Returns the column that is predicted. */
  String column();

  /** Returns how many numbers a model gives for it. */
  int width();

  /** Returns how many numbers an example gives for it. */
  int labelWidth();

  /** Returns the document that describes this output. */
  Value.Doc toValue();

  /** Returns the output that a document describes. */
  static Output fromValue(Value value) {
    Value.Doc doc = value.asDoc();
    String column = doc.text("column");
    String form = doc.text("output");
    return switch (form) {
      case "number" -> new Quantity(column);
      case "classes" ->
          new Classes(column, doc.texts("classes"), Math.toIntExact(doc.whole("positive")));
      case "tensor" ->
          new Array(
              column, doc.items("shape").stream().map(v -> Math.toIntExact(v.asWhole())).toList());
      default -> throw new IllegalArgumentException("there is no output '" + form + "'");
    };
  }

  private static Value.Doc.Builder named(String form, String column) {
    return Value.doc().put("output", form).put("column", column);
  }

  /** A number. */
  record Quantity(String column) implements Output {
    @Override
    public int width() {
      return 1;
    }

    @Override
    public int labelWidth() {
      return 1;
    }

    @Override
    public Value.Doc toValue() {
      return named("number", column).build();
    }
  }

  /**
   * One of several classes.
   *
   * @param column the column that is predicted
   * @param classes the names of the classes, in the order of their indexes, distinct, at least two
   * @param positive of two classes, the index of the one that is looked for; of more, -1
   */
  record Classes(String column, List<String> classes, int positive) implements Output {
    /**
     * Returns one of several classes; of two, the second is positive.
     *
     * @param column the column that is predicted
     * @param classes the names of the classes, distinct, at least two
     */
    public static Classes of(String column, List<String> classes) {
      return new Classes(column, classes, classes.size() == 2 ? 1 : -1);
    }

    /** Checks and copies the classes. */
    public Classes {
      classes = List.copyOf(classes);
      if (classes.size() < 2 || new HashSet<>(classes).size() < classes.size()) {
        throw new IllegalArgumentException(
            "classes of '" + column + "' must be two or more distinct names but are " + classes);
      }
      if (classes.size() == 2 ? positive != 0 && positive != 1 : positive != -1) {
        throw new IllegalArgumentException(
            "positive must be 0 or 1 for two classes and -1 for more but was " + positive);
      }
    }

    @Override
    public int width() {
      return classes.size();
    }

    @Override
    public int labelWidth() {
      return 1;
    }

    @Override
    public Value.Doc toValue() {
      return named("classes", column)
          .put("classes", Value.ofTexts(classes))
          .put("positive", positive)
          .build();
    }
  }

  /**
   * An array of numbers.
   *
   * @param column the column that is predicted
   * @param shape the size of each dimension, the outermost first, each 1 or more
   */
  record Array(String column, List<Integer> shape) implements Output {
    /** Checks and copies the shape. */
    public Array {
      shape = new FieldType.Tensor(shape).shape();
    }

    @Override
    public int width() {
      return shape.stream().reduce(1, (a, b) -> a * b);
    }

    @Override
    public int labelWidth() {
      return width();
    }

    @Override
    public Value.Doc toValue() {
      return named("tensor", column).put("shape", Value.ofWholes(shape)).build();
    }
  }
}
