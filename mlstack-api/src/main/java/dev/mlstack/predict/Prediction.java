package dev.mlstack.predict;

import dev.mlstack.store.Digest;

/**
 * An answer with an identity, from which it can be traced.
 *
 * @param id its identity
 * @param value the answer
 * @param release the digest of the release that was live
 * @param <A> the type of the answer
 */
public record Prediction<A>(PredictionId id, A value, Digest release) {}
