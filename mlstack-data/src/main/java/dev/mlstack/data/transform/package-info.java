/**
 * Plans of features, and learning from data what they leave open.
 *
 * <p>{@link dev.mlstack.data.transform.Features} is where plans begin:
 *
 * <pre>{@code
 * Features.of(
 *     Features.numeric().impute(Impute.MEDIAN).standardize(),
 *     Features.numeric("age").impute(Impute.MEAN).minMax(),
 *     Features.categorical().impute("unknown").oneHot())
 * }</pre>
 *
 * <p>A plan that is {@linkplain dev.mlstack.feature.FeaturePipeline#fit fitted} becomes a {@link
 * dev.mlstack.feature.FittedPipeline}, which needs nothing of this module to run. All columns are
 * fitted together, in as many passes over the data as the longest chain of steps needs: one for
 * each imputation by a statistic, min-max scaling and one-hot encoding, two for standardisation.
 * Threads share the shards of the data. The result has the same bits however the data is cut and on
 * any number of threads, because what the parts of the data contribute merges exactly.
 */
@NullMarked
package dev.mlstack.data.transform;

import org.jspecify.annotations.NullMarked;
