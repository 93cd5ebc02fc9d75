package dev.mlstack.core.model;

import dev.mlstack.core.internal.Providers;
import dev.mlstack.model.Model;
import dev.mlstack.model.ModelFormat;
import dev.mlstack.store.Digest;
import dev.mlstack.store.MalformedObjectException;
import dev.mlstack.store.ObjectSource;
import dev.mlstack.store.VersionedName;
import java.util.List;
import java.util.Map;

/** Loads models of any type whose {@link ModelFormat} is on the class path or module path. */
public final class Models {

  /** The dependency that brings the format of a type which core does not know itself. */
  private static final Map<String, String> DEPENDENCIES =
      Map.of("torch-network", "dev.mlstack:mlstack-train");

  private Models() {}

  /**
   * Loads a model. The caller closes it.
   *
   * @param source gives the model and the objects it holds
   * @param digest the model
   * @throws dev.mlstack.store.StoreException if an object is not there, damaged or malformed
   * @throws IllegalStateException if there is no format for its type, or a native library is not
   *     there; the message says what to add
   */
  public static Model load(ObjectSource source, Digest digest) {
    VersionedName type = source.get(digest).type();
    Model model = format(digest, type).load(source, digest);
    if (!model.digest().equals(digest)) {
      String other = model.digest().hex();
      model.close();
      throw new MalformedObjectException(
          digest, type, "it is not in canonical form, in which its digest would be " + other);
    }
    return model;
  }

  private static ModelFormat format(Digest digest, VersionedName type) {
    return Providers.of(ModelFormat.class)
        .filter(format -> format.type().equals(type))
        .findFirst()
        .orElseThrow(() -> noFormat(digest, type));
  }

  private static IllegalStateException noFormat(Digest digest, VersionedName type) {
    List<VersionedName> known =
        Providers.of(ModelFormat.class).map(ModelFormat::type).sorted().toList();
    String dependency = DEPENDENCIES.get(type.name());
    return new IllegalStateException(
        "model "
            + digest.abbreviated()
            + " is of type "
            + type
            + ", for which there is no format among "
            + known
            + "; add the dependency "
            + (dependency == null ? "that provides it" : dependency));
  }
}
