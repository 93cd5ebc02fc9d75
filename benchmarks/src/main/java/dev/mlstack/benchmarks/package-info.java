/**
 * Measures mlstack beside its peers, in one process and one run.
 *
 * <p>{@link dev.mlstack.benchmarks.Main} runs one {@link dev.mlstack.benchmarks.Benchmark} of those
 * that {@link dev.mlstack.benchmarks.Benchmarks} names. Large things run in a {@link
 * dev.mlstack.benchmarks.Race}, small ones in JMH; both end as a {@link
 * dev.mlstack.benchmarks.Comparison}, one line of output for each measure and peer.
 */
@NullMarked
package dev.mlstack.benchmarks;

import org.jspecify.annotations.NullMarked;
