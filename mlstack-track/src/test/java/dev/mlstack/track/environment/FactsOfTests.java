package dev.mlstack.track.environment;

import dev.mlstack.run.EnvironmentFacts;
import dev.mlstack.store.Value;

/** A module that knows something. */
public final class FactsOfTests implements EnvironmentFacts {

  /** Creates the module, as the service loader does. */
  public FactsOfTests() {}

  @Override
  public String name() {
    return "tests";
  }

  @Override
  public Value.Doc facts() {
    return Value.doc().put("library", "2.7.1").build();
  }
}
