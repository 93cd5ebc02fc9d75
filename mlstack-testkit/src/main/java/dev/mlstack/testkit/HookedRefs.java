package dev.mlstack.testkit;

import dev.mlstack.store.Cause;
import dev.mlstack.store.Digest;
import dev.mlstack.store.Ref;
import dev.mlstack.store.RefMove;
import dev.mlstack.store.RefName;
import dev.mlstack.store.Refs;
import dev.mlstack.store.Subscription;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/** Refs that let a test do something right before all of them are listed. */
final class HookedRefs implements Refs {

  private final Refs refs;
  private final IntConsumer beforeList;
  private int lists;

  /**
   * Wraps refs.
   *
   * @param beforeList called with 1 before the first time, with 2 before the second, and so on
   */
  HookedRefs(Refs refs, IntConsumer beforeList) {
    this.refs = refs;
    this.beforeList = beforeList;
  }

  @Override
  public List<Ref> list() {
    beforeList.accept(++lists);
    return refs.list();
  }

  @Override
  public Optional<Ref> find(RefName name) {
    return refs.find(name);
  }

  @Override
  public boolean create(RefName name, Digest to, Cause cause) {
    return refs.create(name, to, cause);
  }

  @Override
  public boolean move(RefName name, Digest from, Digest to, Cause cause) {
    return refs.move(name, from, to, cause);
  }

  @Override
  public boolean delete(RefName name, Digest from, Cause cause) {
    return refs.delete(name, from, cause);
  }

  @Override
  public List<RefMove> history(RefName name) {
    return refs.history(name);
  }

  @Override
  public List<Ref> list(RefName prefix) {
    return refs.list(prefix);
  }

  @Override
  public Subscription follow(RefName name, Consumer<Optional<Ref>> listener) {
    return refs.follow(name, listener);
  }

  @Override
  public void close() {
    refs.close();
  }
}
