package dev.mlstack.predict;

import dev.mlstack.store.Digest;
import dev.mlstack.table.Row;

/**
 * One entry of the prediction log.
 *
 * @param id the identity of the prediction
 * @param endpoint the name of the endpoint that answered
 * @param release the digest of the release that was live
 * @param fittedModel the digest of the fitted model that answered
 * @param input what was asked; belongs to the entry
 * @param outputs the numbers that the model gave; not copied
 * @param nanos how long the answer took, in nanoseconds
 */
public record LoggedPrediction(
    PredictionId id,
    String endpoint,
    Digest release,
    Digest fittedModel,
    Row input,
    double[] outputs,
    long nanos) {}
