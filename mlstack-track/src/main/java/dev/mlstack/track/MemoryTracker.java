package dev.mlstack.track;

import dev.mlstack.compute.Execution;
import dev.mlstack.store.ObjectStore;
import dev.mlstack.store.Refs;
import dev.mlstack.track.environment.EnvironmentOptions;

/**
 * Keeps runs in the memory of the process, and seals them into records like every other tracker.
 * For tests and short-lived work; runs under way are gone if the process dies.
 *
 * <p>Owns a thread that writes; the store and the refs stay the caller's.
 */
public final class MemoryTracker extends JournalTracker {

  /** Opens a tracker that knows the runs that were sealed into a store before. */
  public MemoryTracker(ObjectStore store, Refs refs) {
    this(store, refs, EnvironmentOptions.defaults());
  }

  /**
   * Opens a tracker that knows the runs that were sealed into a store before. One whose objects are
   * damaged is left out; {@link #rebuild} names it.
   *
   * @param options what the records of runs may tell of the environment
   */
  public MemoryTracker(ObjectStore store, Refs refs, EnvironmentOptions options) {
    super("in memory", new MemoryJournal(), store, refs, options);
    rebuild(Execution.here());
    startWriting();
  }
}
