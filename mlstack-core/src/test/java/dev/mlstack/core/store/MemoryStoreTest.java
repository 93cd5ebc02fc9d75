package dev.mlstack.core.store;

import dev.mlstack.store.ObjectStore;
import dev.mlstack.store.Refs;
import dev.mlstack.testkit.ObjectStoreKit;

/** The kit on a store in memory. */
class MemoryStoreTest extends ObjectStoreKit {

  private final ObjectStore store = new MemoryStore();

  @Override
  protected ObjectStore open() {
    return store;
  }

  @Override
  protected Refs openRefs() {
    return new MemoryRefs();
  }
}
