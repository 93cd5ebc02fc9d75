/**
 * From features to answers.
 *
 * <p>A {@link dev.mlstack.model.Label} says what is predicted and gives answers their type: {@link
 * dev.mlstack.model.Classification}, {@link dev.mlstack.model.Regression}, {@link
 * dev.mlstack.model.Outputs} or {@link dev.mlstack.model.Tensor}. A {@link
 * dev.mlstack.model.ModelRecipe} is a label, a feature pipeline and a {@link
 * dev.mlstack.model.Trainer} as one value; fitted, it becomes a {@link
 * dev.mlstack.model.FittedModel}.
 *
 * <p>A trainer starts a {@link dev.mlstack.model.Training} on {@link dev.mlstack.model.Examples};
 * that advances unit by unit, can be checkpointed and resumed to the same bits, and gives a {@link
 * dev.mlstack.model.Model}: numbers in, numbers out, as its {@link dev.mlstack.model.Signature}
 * says. A {@link dev.mlstack.model.ModelFormat} loads models of one type. An {@link
 * dev.mlstack.model.Evaluation} is how good a model was on some data.
 */
@NullMarked
package dev.mlstack.model;

import org.jspecify.annotations.NullMarked;
