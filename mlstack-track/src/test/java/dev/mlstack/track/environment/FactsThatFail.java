package dev.mlstack.track.environment;

import dev.mlstack.run.EnvironmentFacts;
import dev.mlstack.store.Value;

/** A module whose native library is not there. */
public final class FactsThatFail implements EnvironmentFacts {

  /** Creates the module, as the service loader does. */
  public FactsThatFail() {}

  @Override
  public String name() {
    return "failing";
  }

  @Override
  public Value.Doc facts() {
    throw new UnsatisfiedLinkError("no such library");
  }
}
