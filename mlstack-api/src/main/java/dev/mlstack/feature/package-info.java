/**
 * From columns to the numbers that a model sees.
 *
 * <p>A {@link dev.mlstack.feature.FeaturePipeline} is a plan; fitted on training data it becomes a
 * {@link dev.mlstack.feature.FittedPipeline}, a content with a digest. Its two faces, {@link
 * dev.mlstack.feature.FittedPipeline#apply over columns} and {@link dev.mlstack.feature.RowEncoder
 * over one row}, give equal bits, because both run the same {@link
 * dev.mlstack.feature.FittedTransform}s.
 *
 * <p>A step of a plan is a {@link dev.mlstack.feature.Transform}; it is fitted in {@linkplain
 * dev.mlstack.compute.Rounds rounds}. Applications may write their own and make them loadable
 * through a {@link dev.mlstack.feature.TransformFormat}.
 *
 * <p>Inside a pipeline a value is a number, where NaN means that it is missing, or a text, where
 * {@code null} means so. At the end every value is narrowed to {@code float}, in one place.
 */
@NullMarked
package dev.mlstack.feature;

import org.jspecify.annotations.NullMarked;
