package dev.mlstack.core.store;

import dev.mlstack.store.Refs;
import dev.mlstack.testkit.RefsKit;

/** The kit on refs in memory. */
class MemoryRefsTest extends RefsKit {

  private final Refs refs = new MemoryRefs();

  @Override
  protected Refs open() {
    return refs;
  }
}
