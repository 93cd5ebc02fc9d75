package dev.mlstack.core.release;

import dev.mlstack.core.store.MemoryRefs;
import dev.mlstack.core.store.MemoryStore;
import dev.mlstack.release.ModelRegistry;
import dev.mlstack.store.ObjectStore;
import dev.mlstack.store.Refs;
import dev.mlstack.testkit.ModelRegistryKit;

class RefRegistryTest extends ModelRegistryKit {

  private final ObjectStore store = new MemoryStore();
  private final Refs refs = new MemoryRefs();

  @Override
  protected ObjectStore store() {
    return store;
  }

  @Override
  protected ModelRegistry registry() {
    return new RefRegistry(store, refs);
  }
}
