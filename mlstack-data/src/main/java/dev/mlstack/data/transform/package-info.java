/**
 * Plans of features, and learning from data what they leave open.
 *
 * <p>{@link dev.mlstack.data.transform.Features} is where plans begin:
 *
 * <pre>{@code
 * Features.of(
 *     Features.numeric().impute(Impute.MEDIAN).standardize(),
 *     Features.numeric("age").impute(Impute.MEAN).minMax(),
 *     Features.categorical().impute("unknown").oneHot(),
 *     Features.categorical("sku").targetMean(TargetMeans.of("price")),
 *     Features.time("ordered").cyclic(TimePart.HOUR),
 *     Features.cross("country", "device").hash(1000),
 *     Features.expression("debt", number("loan").dividedBy(number("income"))).robust(),
 *     Features.text("note").tfIdf(Vocabulary.of(Grams.words(1, 2))))
 * }</pre>
 *
 * <p>A plan that is {@linkplain dev.mlstack.feature.FeaturePipeline#fit fitted} becomes a {@link
 * dev.mlstack.feature.FittedPipeline}, which needs nothing of this module to run. All columns are
 * fitted together, in as many passes over the data as the longest chain of steps needs: one for
 * most steps, two for standardisation and means of the target, two to five for medians and other
 * quantiles, six for powers. Threads share the shards of the data. The result has the same bits
 * however the data is cut and on any number of threads, because what the parts of the data
 * contribute merges exactly.
 */
@NullMarked
package dev.mlstack.data.transform;

import org.jspecify.annotations.NullMarked;
