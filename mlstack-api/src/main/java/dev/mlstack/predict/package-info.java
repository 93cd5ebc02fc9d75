/**
 * Answers in production, and the way back from them.
 *
 * <p>A {@link dev.mlstack.predict.Prediction} is an answer with an identity. The {@link
 * dev.mlstack.predict.PredictionLog} keeps what was asked and answered; a {@link
 * dev.mlstack.predict.Trace} leads from one prediction back to the rows, the code and the seed that
 * made it.
 */
@NullMarked
package dev.mlstack.predict;

import org.jspecify.annotations.NullMarked;
