/**
 * What trainers learn from, and the run-time halves of models.
 *
 * <p>{@link dev.mlstack.core.model.MemoryExamples} are examples in arrays.
 */
@NullMarked
package dev.mlstack.core.model;

import org.jspecify.annotations.NullMarked;
