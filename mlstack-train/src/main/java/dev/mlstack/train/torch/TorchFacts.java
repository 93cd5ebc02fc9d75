package dev.mlstack.train.torch;

import ai.djl.engine.Engine;
import dev.mlstack.run.EnvironmentFacts;
import dev.mlstack.store.Value;

/**
 * Tells with which versions of DJL and libtorch networks are computed: their bits depend on them.
 * Reads what stands on the class path and loads no native library.
 */
public final class TorchFacts implements EnvironmentFacts {

  /** For {@link java.util.ServiceLoader}. */
  public TorchFacts() {}

  @Override
  public String name() {
    return "torch";
  }

  /** Returns {@code djl}, a version, and {@code libtorch}, versions and builds. */
  @Override
  public Value.Doc facts() {
    return Value.doc()
        .put("djl", Engine.getDjlVersion())
        .put("libtorch", Value.ofTexts(TorchNatives.ofThisProcess().libtorch()))
        .build();
  }
}
