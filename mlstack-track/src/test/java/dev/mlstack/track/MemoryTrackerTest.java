package dev.mlstack.track;

import dev.mlstack.core.store.MemoryRefs;
import dev.mlstack.core.store.MemoryStore;
import dev.mlstack.run.Tracker;
import dev.mlstack.store.ObjectStore;
import dev.mlstack.store.Refs;
import dev.mlstack.testkit.TrackerKit;

class MemoryTrackerTest extends TrackerKit {

  private final ObjectStore store = new MemoryStore();
  private final Refs refs = new MemoryRefs();

  @Override
  protected ObjectStore store() {
    return store;
  }

  @Override
  protected Refs refs() {
    return refs;
  }

  @Override
  protected Tracker open() {
    return new MemoryTracker(store, refs);
  }
}
