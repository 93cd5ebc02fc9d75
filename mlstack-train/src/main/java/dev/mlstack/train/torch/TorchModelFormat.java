package dev.mlstack.train.torch;

import dev.mlstack.model.Model;
import dev.mlstack.model.ModelFormat;
import dev.mlstack.store.Digest;
import dev.mlstack.store.ObjectSource;
import dev.mlstack.store.VersionedName;

/** Loads the networks that {@link NeuralNetwork} has trained. */
public final class TorchModelFormat implements ModelFormat {

  /** Creates the format; {@link java.util.ServiceLoader} does. */
  public TorchModelFormat() {}

  @Override
  public VersionedName type() {
    return TorchModel.TYPE;
  }

  @Override
  public Model load(ObjectSource source, Digest digest) {
    return TorchModel.load(source, digest);
  }
}
