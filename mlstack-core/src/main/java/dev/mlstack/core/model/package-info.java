/**
 * What trainers learn from, what drives them, and the run-time halves of models.
 *
 * <p>{@link dev.mlstack.core.model.ExamplesEncoder} makes examples of rows; {@link
 * dev.mlstack.core.model.MemoryExamples} keep them in arrays. {@link
 * dev.mlstack.core.model.RoundsTraining} makes a training of a {@link
 * dev.mlstack.core.model.RoundsLearner}, an algorithm written as rounds; {@link
 * dev.mlstack.core.model.Checkpoint} is the part that all checkpoints share.
 *
 * <p>{@link dev.mlstack.core.model.FittedModels} and {@link dev.mlstack.core.model.Models} load
 * what was trained, in a service that has none of the code that trained it: {@link
 * dev.mlstack.core.model.LinearModel} and {@link dev.mlstack.core.model.PriorModel} are here,
 * models of other types wherever their {@link dev.mlstack.model.ModelFormat} is.
 */
@NullMarked
package dev.mlstack.core.model;

import org.jspecify.annotations.NullMarked;
