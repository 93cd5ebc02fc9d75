package dev.mlstack.core.expr;

import dev.mlstack.schema.Schema;

/** An expression that gives truth values. Starts with {@link Expr#truth} or a comparison. */
public final class TruthExpr extends Expr {

  TruthExpr(Node node) {
    super(node);
  }

  /**
   * Returns this for the rows of a schema.
   *
   * @throws IllegalArgumentException if a column is not there or of another type
   */
  public BoundTruth bind(Schema schema) {
    return new Binder(schema).truth(node());
  }

  /** Tells whether both are true. */
  public TruthExpr and(TruthExpr other) {
    return test(Function.AND, other);
  }

  /** Tells whether any of both is true. */
  public TruthExpr or(TruthExpr other) {
    return test(Function.OR, other);
  }

  /** Tells whether this is false. */
  public TruthExpr not() {
    return test(Function.NOT);
  }

  /** Tells whether both are true or both are false. */
  public TruthExpr equalTo(TruthExpr other) {
    return test(Function.EQ, other);
  }

  /** Tells whether one is true and one is false. */
  public TruthExpr notEqualTo(TruthExpr other) {
    return test(Function.NE, other);
  }

  /** Returns this, or something else where this is missing. */
  public TruthExpr ifMissing(TruthExpr other) {
    return new TruthExpr(call(Function.IF_MISSING, other));
  }

  /** Returns this, or a constant where this is missing. */
  public TruthExpr ifMissing(boolean other) {
    return ifMissing(of(other));
  }
}
