/**
 * Linear learners: {@link dev.mlstack.train.linear.Logistic} for classes and {@link
 * dev.mlstack.train.linear.LeastSquares} for numbers.
 *
 * <p>Both minimise a loss plus a penalty in rounds over the examples, and give a {@link
 * dev.mlstack.core.model.LinearModel} with the same bits on any number of threads. Features need
 * not be standardised for their sake: they do so inside, and the penalty still applies to the
 * weights of the features as they came.
 */
@NullMarked
package dev.mlstack.train.linear;

import org.jspecify.annotations.NullMarked;
