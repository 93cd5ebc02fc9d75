/**
 * How good a model is on data, with intervals.
 *
 * <p>{@link dev.mlstack.core.evaluate.Evaluator} scores all rows of a dataset and computes the
 * metrics of each output; {@link dev.mlstack.core.evaluate.Evaluations} reads what was stored. The
 * bits of an evaluation do not depend on threads or on how the data is cut into tables.
 */
@NullMarked
package dev.mlstack.core.evaluate;

import org.jspecify.annotations.NullMarked;
