package dev.mlstack.core.expr;

import dev.mlstack.schema.FieldType;
import java.util.Locale;

/** What an expression gives. */
public enum Kind {
  /** A number. Columns of type bool (0 or 1), int and real are such. */
  NUMBER("a number"),
  /** A text. Columns of type text and category are such. */
  TEXT("a text"),
  /** True or false. Columns of type bool are such. */
  TRUTH("a truth value"),
  /** A moment. Columns of type date (at midnight) and timestamp are such. */
  TIME("a time");

  private final String article;

  Kind(String article) {
    this.article = article;
  }

  /** Returns the name as documents have it: {@code number}. */
  String lowerName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the kind of a name, or throws. */
  static Kind of(String name) {
    for (Kind kind : values()) {
      if (kind.lowerName().equals(name)) {
        return kind;
      }
    }
    throw new IllegalArgumentException(
        "kind must be number, text, truth or time but was '" + name + "'");
  }

  /** Tells whether a column of a type can be read as this. */
  boolean accepts(FieldType type) {
    return switch (this) {
      case NUMBER -> type.isNumeric();
      case TEXT -> type instanceof FieldType.Text || type instanceof FieldType.Category;
      case TRUTH -> type instanceof FieldType.Bool;
      case TIME -> type instanceof FieldType.Date || type instanceof FieldType.Timestamp;
    };
  }

  /** Returns the name with its article: {@code a number}. */
  @Override
  public String toString() {
    return article;
  }
}
