package dev.mlstack.data.version;

import dev.mlstack.store.Ref;
import dev.mlstack.store.RefName;
import dev.mlstack.store.Refs;
import dev.mlstack.testkit.ForwardingRefs;
import java.util.Optional;

/** Refs that somebody else moves right after they were looked at. */
final class MovingRefs extends ForwardingRefs {

  private final Runnable meanwhile;

  MovingRefs(Refs refs, Runnable meanwhile) {
    super(refs);
    this.meanwhile = meanwhile;
  }

  @Override
  public Optional<Ref> find(RefName name) {
    Optional<Ref> found = super.find(name);
    meanwhile.run();
    return found;
  }
}
