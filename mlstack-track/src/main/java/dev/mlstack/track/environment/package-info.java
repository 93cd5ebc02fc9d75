/**
 * Where and with what a run ran.
 *
 * <p>{@link dev.mlstack.track.environment.Environment} captures it; {@link
 * dev.mlstack.track.environment.EnvironmentOptions} says what may be told. Modules add what they
 * know through {@link dev.mlstack.run.EnvironmentFacts}.
 */
@NullMarked
package dev.mlstack.track.environment;

import org.jspecify.annotations.NullMarked;
