package dev.mlstack.feature;

import dev.mlstack.store.Value;

/**
 * One place in the vector that a model sees.
 *
 * @param name what it is called, unique in its layout: {@code mean_radius}, {@code color=red}
 * @param column the column or expression that it comes from
 * @param kind how its numbers are to be read
 * @param cardinality for a {@link Kind#CODE}, the number of codes, at most 2<sup>24</sup>, so that
 *     each is exact as a {@code float}; otherwise 0
 */
public record Slot(String name, String column, Kind kind, int cardinality) {

  /** The largest number of codes whose every member is exact as a {@code float}: 2<sup>24</sup>. */
  public static final int MAX_CARDINALITY = 1 << 24;

  /** How the numbers of a slot are to be read. */
  public enum Kind {
    /** As a quantity. */
    NUMBER,
    /** As 1 (it is so) or 0 (it is not). */
    INDICATOR,
    /** As a whole number that names one of several things, from 0: the index into an embedding. */
    CODE
  }

  /** Checks the cardinality. */
  public Slot {
    boolean valid =
        kind == Kind.CODE ? cardinality >= 1 && cardinality <= MAX_CARDINALITY : cardinality == 0;
    if (!valid) {
      throw new IllegalArgumentException(
          "cardinality of slot '" + name + "' of kind " + kind + " cannot be " + cardinality);
    }
  }

  /** Returns a slot that holds a quantity. */
  public static Slot number(String column) {
    return new Slot(column, column, Kind.NUMBER, 0);
  }

  /** Returns a slot that says whether something is so. */
  public static Slot indicator(String name, String column) {
    return new Slot(name, column, Kind.INDICATOR, 0);
  }

  /** Returns a slot that holds a code. */
  public static Slot code(String column, int cardinality) {
    return new Slot(column, column, Kind.CODE, cardinality);
  }

  /** Returns the document that describes this slot. */
  public Value.Doc toValue() {
    return Value.doc()
        .put("name", name)
        .put("column", column)
        .put("kind", kind.name())
        .put("cardinality", cardinality)
        .build();
  }

  /** Returns the slot that a document describes. */
  public static Slot fromValue(Value value) {
    Value.Doc doc = value.asDoc();
    return new Slot(
        doc.text("name"),
        doc.text("column"),
        Kind.valueOf(doc.text("kind")),
        Math.toIntExact(doc.whole("cardinality")));
  }
}
