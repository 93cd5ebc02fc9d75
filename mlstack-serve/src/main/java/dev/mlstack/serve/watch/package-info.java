/**
 * Is live traffic still like the data that the model was trained on?
 *
 * <p>{@link dev.mlstack.serve.watch.Drift} compares the two and makes a {@link
 * dev.mlstack.serve.watch.DriftReport}; a {@link dev.mlstack.serve.watch.DriftPolicy} says when a
 * difference counts.
 */
@NullMarked
package dev.mlstack.serve.watch;

import org.jspecify.annotations.NullMarked;
