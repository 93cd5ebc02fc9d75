package dev.mlstack.core.release;

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

/** Refs of which one is changed by somebody else just before it changes for the first time. */
final class InterferingRefs implements Refs {

  private final Refs refs;
  private final RefName name;
  private final Runnable interference;
  private boolean interfered;

  InterferingRefs(Refs refs, RefName name, Runnable interference) {
    this.refs = refs;
    this.name = name;
    this.interference = interference;
  }

  private void interfere(RefName changing) {
    if (!interfered && changing.equals(name)) {
      interfered = true;
      interference.run();
    }
  }

  @Override
  public Optional<Ref> find(RefName ref) {
    return refs.find(ref);
  }

  @Override
  public boolean create(RefName ref, Digest to, Cause cause) {
    interfere(ref);
    return refs.create(ref, to, cause);
  }

  @Override
  public boolean move(RefName ref, Digest from, Digest to, Cause cause) {
    interfere(ref);
    return refs.move(ref, from, to, cause);
  }

  @Override
  public boolean delete(RefName ref, Digest from, Cause cause) {
    interfere(ref);
    return refs.delete(ref, from, cause);
  }

  @Override
  public List<RefMove> history(RefName ref) {
    return refs.history(ref);
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
  public Subscription follow(RefName ref, Consumer<Optional<Ref>> listener) {
    return refs.follow(ref, listener);
  }

  @Override
  public void close() {
    refs.close();
  }
}
