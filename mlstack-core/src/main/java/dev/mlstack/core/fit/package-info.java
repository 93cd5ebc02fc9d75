/**
 * Following a recipe: {@link dev.mlstack.core.fit.ModelFitter} fits features and model, evaluates,
 * and tracks all of it as one run; a {@link dev.mlstack.core.fit.TrainedModel} is what comes out.
 */
@NullMarked
package dev.mlstack.core.fit;

import org.jspecify.annotations.NullMarked;
