package dev.mlstack.track.lineage;

import dev.mlstack.core.store.MemoryStore;
import dev.mlstack.store.Lineage;
import dev.mlstack.store.ObjectStore;
import dev.mlstack.testkit.LineageKit;

class MemoryLineageTest extends LineageKit {

  @Override
  protected ObjectStore store() {
    return new MemoryStore();
  }

  @Override
  protected Lineage open(ObjectStore indexed) {
    return new MemoryLineage(indexed);
  }
}
