/**
 * Tests of contracts. Whoever implements one extends its {@code ...Kit} and so has every law of the
 * contract tested on the implementation: {@link dev.mlstack.testkit.FittedPipelineKit} has those of
 * {@link dev.mlstack.feature.FittedPipeline}.
 *
 * <p>{@link dev.mlstack.testkit.RandomTables} makes tables of any schema with the values that break
 * things.
 */
@NullMarked
package dev.mlstack.testkit;

import org.jspecify.annotations.NullMarked;
