package dev.mlstack.feature;

import dev.mlstack.store.Value;
import dev.mlstack.store.VersionedName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One step of a fitted pipeline: a pure function of one value. Pipelines apply the same function to
 * whole columns and to single rows.
 *
 * <p>The five forms say what goes in and what comes out. Immutable and safe for use by several
 * threads; applying one allocates nothing.
 */
public sealed interface FittedTransform {

  /** Returns the name of this step and the version of its arithmetic, such as standardize/1. */
  VersionedName operation();

  /** Returns everything this step has learned and was told. */
  Value.Doc parameters();

  /** Makes a number of a number. */
  non-sealed interface NumberToNumber extends FittedTransform {
    /** Returns the new value; NaN is a missing one. */
    double apply(double value);
  }

  /** Makes a text of a number. */
  non-sealed interface NumberToText extends FittedTransform {
    /** Returns the new value; NaN and {@code null} are missing ones. */
    @Nullable String apply(double value);
  }

  /** Makes a text of a text. */
  non-sealed interface TextToText extends FittedTransform {
    /** Returns the new value; {@code null} is a missing one. */
    @Nullable String apply(@Nullable String value);
  }

  /** Makes a number of a text. */
  non-sealed interface TextToNumber extends FittedTransform {
    /** Returns the new value; {@code null} and NaN are missing ones. */
    double apply(@Nullable String value);
  }

  /** Makes several indicators of a text, of which at most one is 1. Ends a chain of steps. */
  non-sealed interface TextToIndicators extends FittedTransform {
    /** Returns the name of each indicator, without that of the column. */
    List<String> indicators();

    /** Returns the index of the indicator that is 1, or -1 if none is. */
    int apply(@Nullable String value);
  }
}
