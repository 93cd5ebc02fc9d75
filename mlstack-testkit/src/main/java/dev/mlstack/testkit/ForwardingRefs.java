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

/** Refs that pass everything on to others. Tests override what they want to watch or to disturb. */
public abstract class ForwardingRefs implements Refs {

  private final Refs refs;

  /**
   * Wraps refs.
   *
   * @param refs where everything is passed on to, also {@link #close()}
   */
  protected ForwardingRefs(Refs refs) {
    this.refs = refs;
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
  public List<Ref> list() {
    return refs.list();
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
