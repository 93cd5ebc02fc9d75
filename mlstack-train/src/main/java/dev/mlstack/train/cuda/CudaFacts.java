package dev.mlstack.train.cuda;

import dev.mlstack.run.EnvironmentFacts;
import dev.mlstack.store.Value;

/** Tells which GPUs there are, or why there are none. */
public final class CudaFacts implements EnvironmentFacts {

  /** For {@link java.util.ServiceLoader}. */
  public CudaFacts() {}

  @Override
  public String name() {
    return "cuda";
  }

  /** Returns what {@link CudaStatus#toValue()} does. */
  @Override
  public Value.Doc facts() {
    return Cuda.status().toValue();
  }
}
