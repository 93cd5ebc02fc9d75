package dev.mlstack.run;

import dev.mlstack.store.Value;

/**
 * Tells what a module knows of the environment that a run runs in, such as the version of a native
 * library. Found by {@link java.util.ServiceLoader}; the facts become a part of the record of every
 * run.
 */
public interface EnvironmentFacts {

  /** Returns the name under which the facts stand, such as {@code torch}. */
  String name();

  /**
   * Returns the facts. Called once for each tracker, on a thread of its own, so it may load what it
   * asks. Facts must not hold secrets. What is not there is left out; if this throws, the record
   * says so and the run goes on.
   */
  Value.Doc facts();
}
