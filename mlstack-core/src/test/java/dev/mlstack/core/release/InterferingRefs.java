package dev.mlstack.core.release;

import dev.mlstack.store.Cause;
import dev.mlstack.store.Digest;
import dev.mlstack.store.RefName;
import dev.mlstack.store.Refs;
import dev.mlstack.testkit.ForwardingRefs;

/** Refs of which one is changed by somebody else just before it changes for the first time. */
final class InterferingRefs extends ForwardingRefs {

  private final RefName name;
  private final Runnable interference;
  private boolean interfered;

  InterferingRefs(Refs refs, RefName name, Runnable interference) {
    super(refs);
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
  public boolean create(RefName ref, Digest to, Cause cause) {
    interfere(ref);
    return super.create(ref, to, cause);
  }

  @Override
  public boolean move(RefName ref, Digest from, Digest to, Cause cause) {
    interfere(ref);
    return super.move(ref, from, to, cause);
  }

  @Override
  public boolean delete(RefName ref, Digest from, Cause cause) {
    interfere(ref);
    return super.delete(ref, from, cause);
  }
}
