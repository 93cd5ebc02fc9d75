/**
 * Expressions over the columns of a row, with types.
 *
 * <p>{@link dev.mlstack.core.expr.Expr} is where they begin: {@code
 * number("income").dividedBy(number("loan")).lessThan(0.3)}, or the same as text, {@code
 * Expr.parse("income / loan < 0.3")}, or as a document. There are four kinds, each with a type of
 * its own: {@link dev.mlstack.core.expr.NumberExpr}, {@link dev.mlstack.core.expr.TextExpr}, {@link
 * dev.mlstack.core.expr.TruthExpr} and {@link dev.mlstack.core.expr.TimeExpr}. Bound to a schema,
 * an expression becomes a {@link dev.mlstack.core.expr.BoundNumber}, {@link
 * dev.mlstack.core.expr.BoundText}, {@link dev.mlstack.core.expr.BoundTruth} or {@link
 * dev.mlstack.core.expr.BoundTime}, which gives the same bits for a block of a table as for a
 * single row.
 */
@NullMarked
package dev.mlstack.core.expr;

import org.jspecify.annotations.NullMarked;
