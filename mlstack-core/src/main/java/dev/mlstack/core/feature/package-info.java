/**
 * Fitted feature pipelines at run time: all that a service needs to encode rows, without Arrow.
 *
 * <p>{@link dev.mlstack.core.feature.Pipelines} makes a pipeline of {@link
 * dev.mlstack.core.feature.Chain}s and loads stored ones. A chain is a column, how it is
 * {@linkplain dev.mlstack.core.feature.Reading read}, and the fitted steps that its values go
 * through. Plans and fitting are in {@code dev.mlstack.data.transform}; it reads values through
 * chains that are not yet complete with {@link dev.mlstack.core.feature.ChainBlocks}. What a chain
 * reads is a {@link dev.mlstack.core.feature.ChainInput}: a column, the texts of several as one, or
 * an expression.
 *
 * <p>{@link dev.mlstack.core.feature.DenseFeatures} and {@link
 * dev.mlstack.core.feature.SparseFeatures} take what a pipeline encodes.
 *
 * <h2>The stored form</h2>
 *
 * <p>A fitted pipeline is one object of type {@code pipeline/1}, whose payload is canonical JSON:
 *
 * <pre>{@code
 * {"chains":[
 *    {"column":"age","read":"NUMBER","steps":[
 *       {"operation":"impute/1","parameters":{"number":38.5}},
 *       {"operation":"standardize/1","parameters":{"deviation":14.2,"mean":40.1}}]},
 *    {"column":"color","read":"TEXT","steps":[
 *       {"operation":"one-hot/1","parameters":
 *          {"categories":["blue","red"],"missing":false,"other":true}}]}],
 *  "input":[
 *    {"name":"age","nullable":true,"role":"FEATURE","tags":[],"type":{"bits":64,"type":"int"}},
 *    {"name":"color","nullable":false,"role":"FEATURE","tags":[],"type":{"type":"text"}}]}
 * }</pre>
 *
 * <p>With chains that read several columns it is of type {@code pipeline/2}: they have a member
 * {@code cross}, or {@code name} and {@code expression}, in the place of {@code column}.
 */
@NullMarked
package dev.mlstack.core.feature;

import org.jspecify.annotations.NullMarked;
