/**
 * What was tried, and what came of it.
 *
 * <p>A {@link dev.mlstack.run.Tracker} starts {@link dev.mlstack.run.Run}s, into which a program
 * logs while it works, and finds them again as {@link dev.mlstack.run.RunInfo}. When a run ends it
 * is sealed into a record, which names what went in and what came out by digest. {@link
 * dev.mlstack.run.EnvironmentFacts} is how a module adds to what is known of the environment.
 */
@NullMarked
package dev.mlstack.run;

import org.jspecify.annotations.NullMarked;
