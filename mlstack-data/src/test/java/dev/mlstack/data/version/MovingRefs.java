package dev.mlstack.data.version;

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

/** Refs that somebody else moves right after they were looked at. */
final class MovingRefs implements Refs {

  private final Refs refs;
  private final Runnable meanwhile;

  MovingRefs(Refs refs, Runnable meanwhile) {
    this.refs = refs;
    this.meanwhile = meanwhile;
  }

  @Override
  public Optional<Ref> find(RefName name) {
    Optional<Ref> found = refs.find(name);
    meanwhile.run();
    return found;
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
