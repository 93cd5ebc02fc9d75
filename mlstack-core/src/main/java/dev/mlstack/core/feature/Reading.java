package dev.mlstack.core.feature;

import dev.mlstack.feature.ValueKind;
import dev.mlstack.schema.FieldType;
import java.util.Optional;

/** How a chain of steps takes the values of its column. */
public enum Reading {
  /**
   * As numbers: bool (0 or 1), int, real, date (days since 1970-01-01) and timestamp (microseconds
   * since 1970-01-01T00:00) columns. NaN is a missing one.
   */
  NUMBER {
    @Override
    public boolean reads(FieldType type) {
      return type.isNumeric() || isTemporal(type);
    }

    @Override
    boolean accepts(FieldType fitted, FieldType given) {
      return reads(given) && (fitted.isNumeric() ? given.isNumeric() : fitted.equals(given));
    }

    @Override
    String accepted(FieldType fitted) {
      return fitted.isNumeric() ? "a bool, int or float column" : "a column of the same type";
    }
  },

  /**
   * As texts: text and category columns, bool columns ({@code true} or {@code false}) and int
   * columns (in decimal digits). {@code null} is a missing one.
   */
  TEXT {
    @Override
    public boolean reads(FieldType type) {
      return isText(type) || type instanceof FieldType.Bool || type instanceof FieldType.Int;
    }

    @Override
    boolean accepts(FieldType fitted, FieldType given) {
      return reads(given)
          && (isText(fitted) || isText(given) || fitted.getClass() == given.getClass());
    }

    @Override
    String accepted(FieldType fitted) {
      if (isText(fitted)) {
        return "a text, category, bool or int column";
      }
      return fitted instanceof FieldType.Bool
          ? "a bool, text or category column"
          : "an int, text or category column";
    }
  },

  /** As the numbers of a tensor, each a feature. No step can follow. */
  TENSOR {
    @Override
    public boolean reads(FieldType type) {
      return type instanceof FieldType.Tensor;
    }

    @Override
    boolean accepts(FieldType fitted, FieldType given) {
      return fitted.equals(given);
    }

    @Override
    String accepted(FieldType fitted) {
      return "a tensor column of the same shape";
    }
  };

  /** Tells whether values of a type can be read like this. */
  public abstract boolean reads(FieldType type);

  /**
   * Tells whether a chain that was fitted to values of one type can take those of another: whether
   * equal values mean the same.
   */
  abstract boolean accepts(FieldType fitted, FieldType given);

  /** Returns which columns {@link #accepts} accepts, in words. */
  abstract String accepted(FieldType fitted);

  /** Returns what a step that follows takes, if one can. */
  Optional<ValueKind> gives() {
    return switch (this) {
      case NUMBER -> Optional.of(ValueKind.NUMBER);
      case TEXT -> Optional.of(ValueKind.TEXT);
      case TENSOR -> Optional.empty();
    };
  }

  /** Returns what a column of a type is read as, in words. */
  public String words() {
    return switch (this) {
      case NUMBER -> "a number";
      case TEXT -> "a text";
      case TENSOR -> "a tensor";
    };
  }

  private static boolean isTemporal(FieldType type) {
    return type instanceof FieldType.Date || type instanceof FieldType.Timestamp;
  }

  private static boolean isText(FieldType type) {
    return type instanceof FieldType.Text || type instanceof FieldType.Category;
  }
}
