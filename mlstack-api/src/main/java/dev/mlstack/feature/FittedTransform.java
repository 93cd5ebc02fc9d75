package dev.mlstack.feature;

import dev.mlstack.store.Value;
import dev.mlstack.store.VersionedName;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One step of a fitted pipeline: a pure function of one value. Pipelines apply the same function to
 * whole columns and to single rows.
 *
 * <p>The forms say what goes in and what comes out. Some make a number or a text, which the next
 * step takes; the others end a chain of steps, because they make what stands in several slots, or a
 * code. Immutable and safe for use by several threads; applying one allocates nothing.
 */
public sealed interface FittedTransform {

  /** Returns the name of this step and the version of its arithmetic, such as standardize/1. */
  VersionedName operation();

  /** Returns everything this step has learned and was told. */
  Value.Doc parameters();

  /** Returns what goes in. */
  ValueKind takes();

  /** Returns what comes out, if another step can take it; nothing if this step ends a chain. */
  Optional<ValueKind> gives();

  /** Makes a number of a number. */
  non-sealed interface NumberToNumber extends FittedTransform {
    /** Returns the new value; NaN is a missing one. */
    double apply(double value);

    @Override
    default ValueKind takes() {
      return ValueKind.NUMBER;
    }

    @Override
    default Optional<ValueKind> gives() {
      return Optional.of(ValueKind.NUMBER);
    }
  }

  /** Makes a text of a number. */
  non-sealed interface NumberToText extends FittedTransform {
    /** Returns the new value; NaN and {@code null} are missing ones. */
    @Nullable String apply(double value);

    @Override
    default ValueKind takes() {
      return ValueKind.NUMBER;
    }

    @Override
    default Optional<ValueKind> gives() {
      return Optional.of(ValueKind.TEXT);
    }
  }

  /** Makes a text of a text. */
  non-sealed interface TextToText extends FittedTransform {
    /** Returns the new value; {@code null} is a missing one. */
    @Nullable String apply(@Nullable String value);

    @Override
    default ValueKind takes() {
      return ValueKind.TEXT;
    }

    @Override
    default Optional<ValueKind> gives() {
      return Optional.of(ValueKind.TEXT);
    }
  }

  /** Makes a number of a text. */
  non-sealed interface TextToNumber extends FittedTransform {
    /** Returns the new value; {@code null} and NaN are missing ones. */
    double apply(@Nullable String value);

    @Override
    default ValueKind takes() {
      return ValueKind.TEXT;
    }

    @Override
    default Optional<ValueKind> gives() {
      return Optional.of(ValueKind.NUMBER);
    }
  }

  /**
   * Makes a number of a text, and another of it in the rows that the step was fitted on: one in
   * which the row itself has no part.
   */
  interface OutOfFold extends TextToNumber {
    /**
     * Returns the new value in a row that this step was fitted on.
     *
     * @param rowId the identity of the row
     */
    double applyInTraining(@Nullable String value, long rowId);
  }

  /** Makes several indicators of a number, of which at most one is 1. Ends a chain of steps. */
  non-sealed interface NumberToIndicators extends FittedTransform {
    /** Returns the name of each indicator, without that of the column. */
    List<String> indicators();

    /** Returns the index of the indicator that is 1, or -1 if none is. */
    int apply(double value);

    @Override
    default ValueKind takes() {
      return ValueKind.NUMBER;
    }

    @Override
    default Optional<ValueKind> gives() {
      return Optional.empty();
    }
  }

  /** Makes several indicators of a text, of which at most one is 1. Ends a chain of steps. */
  non-sealed interface TextToIndicators extends FittedTransform {
    /** Returns the name of each indicator, without that of the column. */
    List<String> indicators();

    /** Returns the index of the indicator that is 1, or -1 if none is. */
    int apply(@Nullable String value);

    @Override
    default ValueKind takes() {
      return ValueKind.TEXT;
    }

    @Override
    default Optional<ValueKind> gives() {
      return Optional.empty();
    }
  }

  /** Makes a code of a number, such as the index into an embedding. Ends a chain of steps. */
  non-sealed interface NumberToCode extends FittedTransform {
    /** Returns how many codes there are, 1 to {@link Slot#MAX_CARDINALITY}. */
    int cardinality();

    /** Returns the code, from 0 to {@code cardinality() - 1}. */
    int apply(double value);

    @Override
    default ValueKind takes() {
      return ValueKind.NUMBER;
    }

    @Override
    default Optional<ValueKind> gives() {
      return Optional.empty();
    }
  }

  /** Makes a code of a text, such as the index into an embedding. Ends a chain of steps. */
  non-sealed interface TextToCode extends FittedTransform {
    /** Returns how many codes there are, 1 to {@link Slot#MAX_CARDINALITY}. */
    int cardinality();

    /** Returns the code, from 0 to {@code cardinality() - 1}. */
    int apply(@Nullable String value);

    @Override
    default ValueKind takes() {
      return ValueKind.TEXT;
    }

    @Override
    default Optional<ValueKind> gives() {
      return Optional.empty();
    }
  }

  /** Makes what stands in several slots of a number. Ends a chain of steps. */
  non-sealed interface NumberToVector extends FittedTransform {
    /**
     * Returns what stands where.
     *
     * @param column the name of what the values are of
     */
    List<Slot> slots(String column);

    /**
     * Writes the numbers of the slots.
     *
     * @param to where to write to; 0 in all places of the slots
     * @param at the index in {@code to} of the first slot
     */
    void apply(double value, float[] to, int at);

    @Override
    default ValueKind takes() {
      return ValueKind.NUMBER;
    }

    @Override
    default Optional<ValueKind> gives() {
      return Optional.empty();
    }
  }

  /** Makes what stands in several slots of a text. Ends a chain of steps. */
  non-sealed interface TextToVector extends FittedTransform {
    /**
     * Returns what stands where.
     *
     * @param column the name of what the values are of
     */
    List<Slot> slots(String column);

    /**
     * Writes the numbers of the slots.
     *
     * @param to where to write to; 0 in all places of the slots
     * @param at the index in {@code to} of the first slot
     */
    void apply(@Nullable String value, float[] to, int at);

    @Override
    default ValueKind takes() {
      return ValueKind.TEXT;
    }

    @Override
    default Optional<ValueKind> gives() {
      return Optional.empty();
    }
  }
}
