package dev.mlstack.core.model;

import dev.mlstack.model.ModelFormat;
import dev.mlstack.model.Signature;
import dev.mlstack.store.Digest;
import dev.mlstack.store.ObjectSource;
import dev.mlstack.store.StoredObject;
import dev.mlstack.store.Value;
import dev.mlstack.store.VersionedName;
import java.util.List;

/** Loads {@linkplain LinearModel linear models}. */
public final class LinearFormat implements ModelFormat {

  /** Creates the format; {@link java.util.ServiceLoader} does. */
  public LinearFormat() {}

  @Override
  public VersionedName type() {
    return LinearModel.TYPE;
  }

  @Override
  public LinearModel load(ObjectSource source, Digest digest) {
    StoredObject object = source.get(digest).require(type());
    return Payloads.read(
        object,
        payload -> {
          Signature signature = Signature.fromValue(payload.get("signature"));
          requireLinks(signature, payload);
          int length = Math.multiplyExact(LinearModel.units(signature), signature.width() + 1);
          return LinearModel.of(
              signature, Reals.read(source, object, LinearModel.COEFFICIENTS, length));
        });
  }

  private static void requireLinks(Signature signature, Value.Doc payload) {
    List<String> links = payload.texts("links");
    if (!links.equals(LinearModel.links(signature))) {
      throw new IllegalArgumentException(
          "links must be " + LinearModel.links(signature) + " but are " + links);
    }
  }
}
