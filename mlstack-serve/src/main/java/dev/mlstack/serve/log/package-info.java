/**
 * What was asked and answered, kept.
 *
 * <p>{@link dev.mlstack.serve.log.StoredPredictionLog} writes the log into the store, and {@link
 * dev.mlstack.serve.log.Replay} answers it again to see whether the same bits come out.
 */
@NullMarked
package dev.mlstack.serve.log;

import org.jspecify.annotations.NullMarked;
