package dev.mlstack.core.release;

import dev.mlstack.core.store.MemoryRefs;
import dev.mlstack.core.store.MemoryStore;
import dev.mlstack.release.ModelRegistry;
import dev.mlstack.release.Releases;
import dev.mlstack.store.ObjectStore;
import dev.mlstack.store.Refs;
import dev.mlstack.testkit.ReleasesKit;

class RefReleasesTest extends ReleasesKit {

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
  protected ModelRegistry registry() {
    return new RefRegistry(store, refs);
  }

  @Override
  protected Releases releases() {
    return new RefReleases(store, refs);
  }
}
