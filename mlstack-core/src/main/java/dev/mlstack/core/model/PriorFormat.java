package dev.mlstack.core.model;

import dev.mlstack.model.ModelFormat;
import dev.mlstack.model.Signature;
import dev.mlstack.store.Digest;
import dev.mlstack.store.ObjectSource;
import dev.mlstack.store.VersionedName;

/** Loads {@linkplain PriorModel prior models}. */
public final class PriorFormat implements ModelFormat {

  /** Creates the format; {@link java.util.ServiceLoader} does. */
  public PriorFormat() {}

  @Override
  public VersionedName type() {
    return PriorModel.TYPE;
  }

  @Override
  public PriorModel load(ObjectSource source, Digest digest) {
    return Payloads.read(
        source.get(digest).require(type()),
        payload ->
            PriorModel.of(Signature.fromValue(payload.get("signature")), payload.reals("answer")));
  }
}
