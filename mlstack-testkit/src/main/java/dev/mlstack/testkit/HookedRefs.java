package dev.mlstack.testkit;

import dev.mlstack.store.Ref;
import dev.mlstack.store.Refs;
import java.util.List;
import java.util.function.IntConsumer;

/** Refs that let a test do something right before all of them are listed. */
final class HookedRefs extends ForwardingRefs {

  private final IntConsumer beforeList;
  private int lists;

  /**
   * Wraps refs.
   *
   * @param beforeList called with 1 before the first time, with 2 before the second, and so on
   */
  HookedRefs(Refs refs, IntConsumer beforeList) {
    super(refs);
    this.beforeList = beforeList;
  }

  @Override
  public List<Ref> list() {
    beforeList.accept(++lists);
    return super.list();
  }
}
