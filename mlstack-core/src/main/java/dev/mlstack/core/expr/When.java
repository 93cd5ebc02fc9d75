package dev.mlstack.core.expr;

import java.util.List;

/** A choice that has a condition: {@code when(cond).then(a).otherwise(b)}. */
public final class When {

  private final TruthExpr condition;

  When(TruthExpr condition) {
    this.condition = condition;
  }

  /** Says what is given if the condition is true. */
  public Then<NumberExpr> then(double value) {
    return then(Expr.of(value));
  }

  /** Says what is given if the condition is true. */
  public <E extends Expr> Then<E> then(E value) {
    return new Then<>(condition, value);
  }

  /**
   * A choice that lacks only what is given otherwise.
   *
   * @param <E> what it gives
   */
  public static final class Then<E extends Expr> {
    private final TruthExpr condition;
    private final E value;

    private Then(TruthExpr condition, E value) {
      this.condition = condition;
      this.value = value;
    }

    /** Returns the choice that gives this if the condition is false or missing. */
    // The result is of the kind of both branches, for each of which there is one class.
    @SuppressWarnings("unchecked")
    public E otherwise(E other) {
      List<Node> args = List.of(condition.node(), value.node(), other.node());
      return (E) Expr.of(Node.Call.of(Function.IF, args));
    }
  }
}
