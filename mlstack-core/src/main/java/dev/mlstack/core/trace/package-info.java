/**
 * The way back from a prediction: {@link dev.mlstack.core.trace.Tracer} walks from a release to the
 * rows, the code and the seed that a model was made from.
 */
@NullMarked
package dev.mlstack.core.trace;

import org.jspecify.annotations.NullMarked;
