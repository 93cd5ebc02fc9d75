package dev.mlstack.data.read;

import dev.mlstack.data.arrow.ArrowColumnBuilder;
import dev.mlstack.data.arrow.TensorColumnBuilder;
import dev.mlstack.data.internal.Numbers;
import dev.mlstack.schema.FieldType;
import org.jspecify.annotations.Nullable;

/** Sets the value of one column from one field of a record, or from several. */
abstract class ColumnParser {

  private int faulty;

  /**
   * Returns the parser of a column.
   *
   * @param sources the fields that it is made of; one, or as many as a tensor has numbers
   */
  static ColumnParser of(ArrowColumnBuilder column, int[] sources, Notation notation) {
    return column instanceof TensorColumnBuilder tensors
        ? new Gathered(tensors, sources, notation)
        : new Single(ValueParsers.of(column, notation), sources[0]);
  }

  /** Sets the value of the current row; returns what is wrong, {@code null} if nothing is. */
  abstract @Nullable String parse(RecordReader record);

  /** Returns the field at fault, after something was wrong. */
  final int faulty() {
    return faulty;
  }

  final void blame(int field) {
    faulty = field;
  }

  private static final class Single extends ColumnParser {
    private final ValueParser parser;
    private final int source;

    Single(ValueParser parser, int source) {
      this.parser = parser;
      this.source = source;
      blame(source);
    }

    @Override
    @Nullable String parse(RecordReader record) {
      return parser.parse(record, source);
    }
  }

  /** A tensor: all of its numbers are there, or none. */
  private static final class Gathered extends ColumnParser {
    private final TensorColumnBuilder column;
    private final int[] sources;
    private final NumberParser parser;
    private final float[] numbers;

    Gathered(TensorColumnBuilder column, int[] sources, Notation notation) {
      this.column = column;
      this.sources = sources;
      this.parser = new NumberParser(column, notation);
      this.numbers = new float[((FieldType.Tensor) column.field().type()).size()];
    }

    @Override
    @Nullable String parse(RecordReader record) {
      int there = 0;
      int absent = -1;
      for (int i = 0; i < sources.length; i++) {
        parser.clear();
        String problem = parser.parse(record, sources[i]);
        if (problem != null) {
          blame(sources[i]);
          return problem;
        }
        if (parser.isThere()) {
          numbers[i] = parser.number();
          there++;
        } else {
          absent = i;
        }
      }
      if (there == sources.length) {
        column.set(numbers, 0);
        return null;
      }
      blame(sources[absent]);
      return there > 0 ? "a number of a tensor is missing" : parser.missing();
    }
  }

  /** Parses one number of a tensor. */
  private static final class NumberParser extends ValueParser.Trimmed {
    private final Numbers numbers;
    private boolean there;

    NumberParser(ArrowColumnBuilder column, Notation notation) {
      super(column, notation.missing());
      this.numbers = notation.readNumbers();
    }

    void clear() {
      there = false;
    }

    boolean isThere() {
      return there;
    }

    float number() {
      return (float) numbers.real();
    }

    @Override
    @Nullable String parse(byte[] bytes, int from, int to) {
      there = numbers.readReal(bytes, from, to);
      return there ? null : "not a number";
    }
  }
}
